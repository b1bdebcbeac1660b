import { isRecord } from '../policy/report.js';
import type { RouteBody } from './context.js';
import { excluded, type Filter, unknown } from './filter.js';

/** Files are not among them: the file parser makes text of a document for any model. */
const PARTS = { image: ['image_url'], audio: ['input_audio'], video: ['video_url', 'input_video'] } as const;

function uses({ messages }: RouteBody, types: readonly string[]): boolean {
  const has = (part: unknown): boolean => isRecord(part) && types.some((type) => type === part['type']);
  return Array.isArray(messages) && messages.some((message: unknown) => isRecord(message) && Array.isArray(message['content']) && message['content'].some(has));
}

function inputFilter(modality: keyof typeof PARTS, name: string): Filter {
  return {
    step: `Filter by ${name} Support`,
    applies: ({ body }) => uses(body, PARTS[modality]),
    object({ facts: { inputModalities: offered } }) {
      if (offered === undefined) return [unknown('messages', `only the model's own listing tells whether it takes ${modality} input`)];
      return offered.includes(modality) ? [] : [excluded('messages', `takes no ${modality} input`)];
    },
  };
}

/** One per kind of input, since each has its own step. The names of those for audio and video are assumed. */
export const inputModalities: readonly Filter[] = [inputFilter('image', 'Image'), inputFilter('audio', 'Audio'), inputFilter('video', 'Video')];

/** The output that the request, or its route, asks for. Text is what a listing of endpoints is taken to give where it tells nothing. */
export const outputModalities: Filter = {
  step: 'Filter by Model Output Modalities',
  object({ facts: { outputModalities: offered } }, { body, options: { output = 'text' } }) {
    const wanted = Array.isArray(body.modalities) ? body.modalities : [output];
    if (offered === undefined) {
      const told = wanted.every((modality) => modality === 'text');
      return told ? [] : [unknown('modalities', `only the model's own listing tells whether it gives ${wanted.join(', ')}`)];
    }
    const lacking = wanted.filter((modality) => !offered.includes(modality));
    return lacking.length === 0 ? [] : [excluded('modalities', `gives no ${lacking.join(', ')}`)];
  },
};
