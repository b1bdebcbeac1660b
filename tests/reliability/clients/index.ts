import { aiSdkClient } from './ai-sdk.js';
import type { Client } from './client.js';
import { fetchClient } from './fetch.js';
import { langchainClient } from './langchain.js';

export const CLIENTS: readonly Client[] = [fetchClient, aiSdkClient, langchainClient];
