import { kit } from './bench-kit.mjs';
import { aiEntry, makeModel } from './waypost-ai-sdk.mjs';

const { aiLevel } = await kit('ai-sdk-kit');

export const name = 'waypost-ai-sdk+ai';
export { aiEntry as entry };
export const create = aiLevel(makeModel);
