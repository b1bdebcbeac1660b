import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { balanced } from '../../src/catalog/balanced.js';
import { estimateCost } from '../../src/catalog/estimate-cost.js';
import { fallbackChain } from '../../src/catalog/fallback-chain.js';
import { filterModels } from '../../src/catalog/filter-models.js';
import { authorOf } from '../../src/catalog/model.js';
import { pickModel } from '../../src/catalog/pick-model.js';
import { rankModels } from '../../src/catalog/rank-models.js';
import { cheapest, longest, smartest } from '../../src/catalog/strategies.js';
import { tasks } from '../../src/catalog/tasks.js';
import type { Model } from '../../src/wire/models.js';

/** The whole catalogue as it was in August 2026, recorded by another project; it stands beside the checkout, where it does. */
const file = new URL('../../../../../shared/cassettes/models/llm-db--openrouter-ab3aaa03.json', import.meta.url);
const present = existsSync(file);

if (!present) it.skipIf(!process.env['WAYPOST_REQUIRE_CASSETTES'])('the recorded catalogue is not here: it is not replayed', () => expect(present).toBe(true));

describe.skipIf(!present)('the recorded catalogue', () => {
  const models = present ? (JSON.parse(readFileSync(file, 'utf8')) as { response: { body: { data: Model[] } } }).response.body.data : [];

  it('loads whole', () => {
    expect(models.length).toBe(457);
    expect(filterModels(models)).toHaveLength(457);
  });

  it.each(Object.entries(tasks))('has a model for %s', (_, task) => {
    const picked = pickModel(task, models);
    expect(picked).toBeDefined();
    expect(picked?.why).not.toContain('the catalogue has no token prices');
  });

  it('ranks every row by every strategy, the routers last by price', () => {
    for (const by of [cheapest(), smartest(), longest(), balanced({ price: 1, coding: 2, context: 1 })]) expect(rankModels(models, by)).toHaveLength(457);
    const last = rankModels(models, cheapest()).at(-1);
    expect(last?.model.id).toMatch(/^openrouter\//);
    expect(last?.score).toBeUndefined();
  });

  it('costs more where a long prompt costs more', () => {
    const long = models.filter(({ pricing }) => pricing?.overrides?.some(({ min_prompt_tokens: least }) => least === 200_000));
    expect(long.length).toBeGreaterThan(5);
    const dearerBy = (model: Model): number => estimateCost(model, { promptTokens: 200_000 }).usd / estimateCost(model, { promptTokens: 199_999 }).usd;
    expect(long.filter((model) => !(dearerBy(model) > 1.5)).map(({ id }) => id)).toEqual([]);
  });

  it('finds a chain of three authors for a request with tools and pictures', () => {
    const request = { tools: [{}], messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] }] };
    const { models: chain } = fallbackChain('anthropic/claude-opus-5', models, { request });
    expect(chain).toHaveLength(3);
    expect(new Set(chain.map((id) => authorOf({ id }))).size).toBe(3);
  });

  it('knows free models by their id, not by a price of nothing', () => {
    const free = filterModels(models, { free: true });
    expect(free.length).toBeGreaterThan(5);
    expect(filterModels(models, { free: false, maxPrice: { prompt: 0, completion: 0 } }).length).toBeGreaterThan(0);
  });
});
