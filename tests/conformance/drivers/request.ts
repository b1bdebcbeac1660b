import type { Outcome, Request } from './driver.js';

/** What is asked where a test does not care. */
export const REQUEST: Request = { messages: [{ role: 'user', content: 'Which port do lighthouses prefer?' }] };

export const emptyOutcome = (): Outcome => ({ text: '', reasoning: '', toolCalls: [], warnings: [] });
