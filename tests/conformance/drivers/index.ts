import { aiSdkDriver } from './ai-sdk.js';
import type { Driver } from './driver.js';
import { fetchDriver } from './fetch.js';
import { langchainDriver } from './langchain.js';

export const drivers: readonly Driver[] = [fetchDriver, aiSdkDriver, langchainDriver];
