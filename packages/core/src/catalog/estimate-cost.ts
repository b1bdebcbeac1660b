import { compact } from '../compact.js';
import { InvalidOptionsError } from '../errors/invalid-options-error.js';
import { checkKeys, oneOf } from '../policy/check-parts.js';
import { addExpected, addIssue, createReport, isRecord, show, throwIssues } from '../policy/report.js';
import type { Model } from '../wire/models.js';
import { type Cost, costOf } from './cost-of.js';

/** A request that was not made yet. Counts are of tokens where they do not say otherwise. */
export interface Estimate {
  /** All of the prompt, cached tokens included. Default 0. */
  promptTokens?: number;
  /** All of the answer, reasoning included. Default 0. */
  completionTokens?: number;
  /** Of the prompt: read from the cache. */
  cachedTokens?: number;
  /** Of the prompt: written to the cache. */
  cacheWriteTokens?: number;
  /** How long what is written to the cache stays there. Default `5m`. */
  cacheTtl?: '5m' | '1h';
  /** Of the answer: reasoning. */
  reasoningTokens?: number;
  /** Of the prompt: audio. */
  audioTokens?: number;
  /** Images of the prompt, where they are billed by the piece. */
  images?: number;
  webSearches?: number;
  /** Default 1. */
  requests?: number;
  /** Milliseconds since the epoch, for prices by time of day. */
  at?: number;
}

const COUNTS = ['promptTokens', 'completionTokens', 'cachedTokens', 'cacheWriteTokens', 'reasoningTokens', 'audioTokens', 'images', 'webSearches', 'requests'] as const;

const KEYS: readonly (keyof Estimate)[] = [...COUNTS, 'cacheTtl', 'at'];

function checkEstimate(estimate: Estimate): void {
  const report = createReport();
  const given: unknown = estimate;
  if (isRecord(given)) checkKeys(given, KEYS, 'estimate', report);
  else addExpected(report, 'estimate', 'an object', given, 'such as { promptTokens: 1000, completionTokens: 200 }');
  throwIssues(report);
  for (const path of COUNTS) {
    const count: unknown = estimate[path];
    if (count !== undefined && !(typeof count === 'number' && count >= 0 && count < Infinity)) addExpected(report, path, 'a number that is not negative', count);
  }
  const { promptTokens = 0, cachedTokens = 0, cacheWriteTokens = 0, audioTokens = 0, completionTokens = 0, reasoningTokens = 0, cacheTtl, at } = estimate;
  if (cachedTokens + cacheWriteTokens + audioTokens > promptTokens) {
    addIssue(report, 'promptTokens', `is ${promptTokens}, less than the cached, written and audio tokens that are part of it`);
  }
  if (reasoningTokens > completionTokens) addIssue(report, 'completionTokens', `is ${completionTokens}, less than the reasoning tokens that are part of it`);
  if (cacheTtl !== undefined) oneOf(cacheTtl, ['5m', '1h'], 'cacheTtl', report);
  if (at !== undefined && !Number.isFinite(at)) addExpected(report, 'at', 'milliseconds since the epoch', at);
  throwIssues(report);
}

/**
 * What a request would cost with a model, at the catalogue's prices. Those of the model's row are its cheapest or first endpoint's;
 * for one endpoint, pass that.
 *
 * @throws {InvalidOptionsError} for counts that make no sense, names that are none, and for a model without prices.
 * @example
 * estimateCost(model, { promptTokens: 12_000, completionTokens: 800 }).total // → '0.038'
 */
export function estimateCost(model: Pick<Model, 'pricing'>, estimate: Estimate): Cost {
  if (!isRecord(model?.pricing)) {
    throw new InvalidOptionsError([{ path: 'model.pricing', message: `expected the prices of the catalogue, got ${show(model?.pricing)}`, suggestion: 'pass a row of GET /models, or an endpoint' }]);
  }
  checkEstimate(estimate);
  const { promptTokens = 0, completionTokens = 0, cachedTokens, cacheWriteTokens, reasoningTokens, audioTokens, webSearches, images, requests, at, cacheTtl } = estimate;
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    prompt_tokens_details: compact({ cached_tokens: cachedTokens, cache_write_tokens: cacheWriteTokens, audio_tokens: audioTokens }),
    completion_tokens_details: compact({ reasoning_tokens: reasoningTokens }),
    server_tool_use_details: compact({ web_search_requests: webSearches }),
  };
  return costOf(usage, model.pricing, compact({ images, requests, at, cacheTtl }));
}
