import { ChatOpenRouter } from '@waypost/langchain';
import { kit } from './bench-kit.mjs';

const { entryFor, langchain } = await kit('langchain-kit');

export const name = 'waypost-langchain';
export const entry = entryFor(`import { ChatOpenRouter } from '@waypost/langchain';`, `new ChatOpenRouter({ model, apiKey })`);
export const create = langchain(({ baseURL, apiKey, model }) => new ChatOpenRouter({ model, apiKey, baseURL, maxRetries: 0 }));
