import { createOpenRouter } from '@waypost/ai-sdk';
import { kit } from './bench-kit.mjs';

const { aiLevel } = await kit('ai-sdk-kit');

export const name = 'waypost-ai-sdk-merged+ai';
export const create = aiLevel(({ baseURL, apiKey, model }) => createOpenRouter({ baseURL, apiKey, mergeDeltas: true })(model));
