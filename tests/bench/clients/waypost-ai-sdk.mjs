import { createOpenRouter } from '@waypost/ai-sdk';
import { kit } from './bench-kit.mjs';

const { entries, providerLevel } = await kit('ai-sdk-kit');

export const name = 'waypost-ai-sdk';
export const makeModel = ({ baseURL, apiKey, model }) => createOpenRouter({ baseURL, apiKey })(model);
const both = entries(`import { createOpenRouter } from '@waypost/ai-sdk';`, `createOpenRouter({ apiKey })(model)`);
export const entry = both.provider;
export const aiEntry = both.ai;
export const create = providerLevel(makeModel);
