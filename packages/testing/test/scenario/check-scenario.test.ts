import { InvalidOptionsError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { createGateway, fail, ok, respond, type Scenario } from '../../src/index.js';
import { chat } from '../helpers.js';

/** What is wrong with a scenario that no compiler has seen. */
function issues(scenario: unknown): InvalidOptionsError['issues'] {
  try {
    // what is given here is wrong on purpose
    createGateway({ scenario: scenario as Scenario });
  } catch (error) {
    if (InvalidOptionsError.isInstance(error)) return error.issues;
    throw error;
  }
  return [];
}

describe('a scenario that would do nothing is refused', () => {
  it.each<[name: string, scenario: object, path: string, message: RegExp, suggestion: RegExp]>([
    ['an unknown endpoint', { endpoints: { azzure: fail(503) } }, 'scenario.endpoints.azzure', /"azzure"/, /^write one of openai, .*, …$/],
    ['a tag that is nearly one', { endpoints: { 'deepinfra/fp16': fail(503) } }, 'scenario.endpoints.deepinfra/fp16', /"deepinfra\/fp16"/, /^write one of .*openai/],
    ['a part of a tag', { endpoints: { deep: fail(503) } }, 'scenario.endpoints.deep', /"deep"/, /^write one of deepinfra\/fp8, deepinfra\/fp4, deepinfra$/],
    ['an unknown model', { models: { 'acme/atlantis': fail(503) } }, 'scenario.models.acme/atlantis', /"acme\/atlantis"/, /^write one of acme\/atlas, /],
    ['an alias of a model', { models: { '~acme/atlas-latest': ok() } }, 'scenario.models.~acme/atlas-latest', /~acme/, /acme\/atlas/],
    ['health of nobody', { health: { nobody: { state: 'ok' } } }, 'scenario.health.nobody', /"nobody"/, /^write one of/],
    ['a limit of nobody', { limits: { models: { 'nobody/*': { requests: 1, perMs: 1 } } } }, 'scenario.limits.models.nobody/*', /nobody/, /^write one of/],
    ['an empty list of an endpoint', { endpoints: { azure: [] } }, 'scenario.endpoints.azure', />=1 items/, /at least one/],
    ['an empty list of a model', { models: { 'acme/atlas': [] } }, 'scenario.models.acme/atlas', />=1 items/, /at least one/],
    ['an empty list of the gateway', { gateway: [] }, 'scenario.gateway', />=1 items/, /at least one/],
    ['an empty list of health', { health: { azure: [] } }, 'scenario.health.azure', />=1 items/, /at least one/],
    ['moderation of nothing', { moderation: { words: [] } }, 'scenario.moderation', /nothing/, /words or flag/],
    ['an unknown field', { endpoint: { azure: fail(503) } }, 'scenario.endpoint', /nothing that a scenario has/, /endpoints, models/],
  ])('%s', (_name, scenario, path, message, suggestion) => {
    expect(issues(scenario)).toMatchObject([{ path, message: expect.stringMatching(message), suggestion: expect.stringMatching(suggestion) }]);
  });
});

describe('a scenario that makes no sense is refused', () => {
  it.each<[name: string, scenario: object, path: string]>([
    ['a text as an outcome', { endpoints: { azure: 'fail' } }, 'scenario.endpoints.azure'],
    ['a status as an outcome', { models: { 'acme/atlas': 503 } }, 'scenario.models.acme/atlas'],
    ['an outcome among others', { gateway: [ok(), {}] }, 'scenario.gateway[1].kind'],
    ['a failure that is none', { endpoints: { azure: fail(200) } }, 'scenario.endpoints.azure.status'],
    ['a status that is none', { gateway: respond(99, '') }, 'scenario.gateway.status'],
    ['a body where none can be', { gateway: respond(204, '') }, 'scenario.gateway.status'],
    ['a header that is none', { gateway: respond(200, '', { headers: { 'a b': 'c' } }) }, 'scenario.gateway.headers'],
    ['a text as a reply', { reply: 'Aye' }, 'scenario.reply'],
    ['a reply without a message', { reply: {} }, 'scenario.reply.message'],
    ['a reply of something else', { endpoints: { azure: { kind: 'ok', reply: { message: { content: 5 } } } } }, 'scenario.endpoints.azure.reply.message.content'],
    ['tokens that are no number', { reply: { message: {}, tokens: { prompt: Number.NaN } } }, 'scenario.reply.tokens.prompt'],
    ['packets without a size', { wire: { packets: { size: Number.NaN } } }, 'scenario.wire.packets.size'],
    ['pieces of nothing', { wire: { textSize: 0 } }, 'scenario.wire.textSize'],
    ['a flag that is no function', { moderation: { flag: ['violence'] } }, 'scenario.moderation.flag'],
    ['an empty word, which is in every text', { moderation: { words: [''] } }, 'scenario.moderation.words[0]'],
    ['health that is none', { health: { azure: 'outage' } }, 'scenario.health.azure'],
    ['a limit that is none', { limits: { key: 5 } }, 'scenario.limits.key'],
  ])('%s', (_name, scenario, path) => {
    expect(issues(scenario)).toMatchObject([{ path }]);
  });

  it('with what to write instead', () => {
    expect(issues({ endpoints: { azure: 'fail' } })).toMatchObject([{ message: 'Invalid input: expected object, received string: "fail"', suggestion: expect.stringContaining('fail(503)') }]);
    expect(issues({ endpoints: { azure: [ok(), fail(200)] } })).toMatchObject([{ path: 'scenario.endpoints.azure[1].status', message: 'Too small: expected number to be >=400: 200' }]);
    expect(issues({ reply: 'Aye' })).toMatchObject([{ suggestion: expect.stringContaining("reply.text('…')") }]);
    expect(issues({ limits: { free: { perDay: 0 } } })).toMatchObject([{ path: 'scenario.limits.free.perDay', message: 'Too small: expected number to be >0: 0', suggestion: expect.stringContaining('above 0') }]);
    expect(issues({ health: { azure: { state: 'down' } } })).toMatchObject([{ message: 'Invalid option: expected one of "ok"|"outage": "down"', suggestion: expect.stringContaining("state: 'outage'") }]);
  });

  it('and the one before stays', async () => {
    const gateway = createGateway({ scenario: { endpoints: { azure: fail(503) } } });
    expect(() => gateway.setScenario({ endpoints: { azzure: fail(503) } })).toThrow(InvalidOptionsError);
    gateway.reset();
    expect((await chat(gateway, { provider: { only: ['azure'] } })).status).toBe(503);
  });
});

it('slugs that mean several endpoints, and models of all kinds, are known', () => {
  expect(issues({ endpoints: { deepinfra: ok(), 'google-vertex': ok(), 'openai/flex': ok() }, models: { 'dune/vector': ok(), 'acme/atlas-mini:free': ok() }, health: {}, limits: {} })).toEqual([]);
});
