import type { Invalid } from '../validate.js';

/** What `/responses` answers to a body that it cannot take. */
export function promptInvalid(message: string): Invalid {
  return { ok: false, status: 400, body: { error: { code: 'invalid_prompt', message }, metadata: null } };
}
