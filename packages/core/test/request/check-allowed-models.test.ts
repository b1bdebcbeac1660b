import { describe, expect, it } from 'vitest';
import { PolicyConflictError } from '../../src/errors/policy-conflict-error.js';
import { matchesGlob } from '../../src/policy/models-allowed.js';
import { checkAllowedModels } from '../../src/request/check-allowed-models.js';

const CLAUDE = [['anthropic/*']];
const refusal = (chain: readonly string[], body: Record<string, unknown> = {}, allowed: readonly (readonly string[])[] = CLAUDE): string | undefined => {
  try {
    checkAllowedModels(allowed, chain, body);
    return undefined;
  } catch (error) {
    if (PolicyConflictError.isInstance(error) && error.field === 'allowedModels') return error.message;
    throw error;
  }
};
const claude = ['anthropic/claude-sonnet-4.6'];
const tool = (type: string, parameters?: unknown): Record<string, unknown> => ({ tools: [{ type, parameters }] });
const plugin = (id: string, rest: Record<string, unknown> = {}): Record<string, unknown> => ({ plugins: [{ id, ...rest }] });

describe('globs', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/bc', false],
    ['a/*', 'a/', true],
    ['a/*', 'aa/b', false],
    ['*', 'anything/at-all:free', true],
    ['*/x*y', 'a/x-y', true],
    ['*/x*y', 'a/xy', true],
    ['a*a', 'a', false],
    ['*ab*ab*', 'ab', false],
    ['*ab*ab*', 'abab', true],
    ['a/b.c', 'a/bxc', false],
    ['*:free', 'a/b:free', true],
  ])('%s against %s: %s', (glob, text, expected) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });
});

describe('the chain', () => {
  it.each([claude, ['anthropic/claude-opus-4.6:nitro'], ['~anthropic/claude-sonnet-latest'], ['anthropic/x@preset/email'], [...claude, 'anthropic/y']])('%s passes', (...chain) => {
    expect(refusal(chain)).toBeUndefined();
  });

  it.each<[string[], string]>([
    [['openai/gpt-5.1'], 'model names "openai/gpt-5.1"'],
    [[...claude, 'openai/gpt-5.1'], 'models[0] names'],
    [['gpt-4'], 'names "gpt-4"'],
    [['openai/anthropic'], 'names'],
    [['Anthropic/claude'], 'names'],
    [['openai/x@preset/anthropic'], 'names'],
    [['@preset/email'], 'left to a preset'],
    [[], 'left to the account'],
    [['openrouter/free'], 'router'],
    [['openrouter/auto:online'], 'router'],
    [['openrouter/not-yet-known'], 'names'],
  ])('%j is refused', (chain, says) => {
    expect(refusal(chain)).toContain(says);
  });

  it('needs a match in the list of every layer', () => {
    expect(refusal(claude, {}, [['anthropic/*', 'openai/*'], ['anthropic/claude-*']])).toBeUndefined();
    expect(refusal(['openai/gpt-5.1'], {}, [['anthropic/*', 'openai/*'], ['anthropic/claude-*']])).toContain('model names');
  });

  it('may name the glob of a variant alone', () => {
    expect(refusal(['deepseek/r1:free'], {}, [['*:free']])).toBeUndefined();
    expect(refusal(['deepseek/r1'], {}, [['*:free']])).toContain('names');
  });

  it('covers the fallbacks of the messages route', () => {
    expect(refusal(claude, { fallbacks: [{ model: 'anthropic/y' }] })).toBeUndefined();
    expect(refusal(claude, { fallbacks: [{ model: 'anthropic/y' }, { model: 'openai/gpt-5.1' }] })).toContain('fallbacks[1]');
  });
});

describe('a router', () => {
  const bounded = { allowed_models: ['anthropic/*'] };

  it('passes when its own plugin confines it, or when it is listed', () => {
    expect(refusal(['openrouter/auto'], plugin('auto-router', bounded))).toBeUndefined();
    expect(refusal(['openrouter/auto-beta'], plugin('auto-beta-router', bounded))).toBeUndefined();
    expect(refusal(['openrouter/free'], {}, [['openrouter/free']])).toBeUndefined();
  });

  it.each<[string, Record<string, unknown>]>([
    ['openrouter/auto', plugin('auto-router', { ...bounded, enabled: false })],
    ['openrouter/auto', plugin('auto-beta-router', bounded)],
    ['openrouter/auto', plugin('auto-router', { allowed_models: [] })],
    ['openrouter/auto', plugin('auto-router')],
    ['openrouter/auto', plugin('auto-router', { allowed_models: ['anthropic/*', 'openai/*'] })],
    ['openrouter/auto', plugin('auto-router', { allowed_models: ['*'] })],
    ['openrouter/auto', plugin('auto-router', { ...bounded, pin_model: 'openai/gpt-5.1' })],
    ['openrouter/free', plugin('auto-router', bounded)],
    ['openrouter/pareto-code', plugin('pareto-router', bounded)],
    ['openrouter/fusion', plugin('auto-router', bounded)],
  ])('%s with %j is refused', (id, body) => {
    expect(refusal([id], body)).toBeDefined();
  });
});

describe('plugins and server tools', () => {
  it.each<[string, Record<string, unknown>]>([
    ['no model at all', plugin('web', { max_results: 3 })],
    ['a plugin switched off', plugin('fusion', { enabled: false, model: 'openai/gpt-5.1' })],
    ['fusion over allowed models', plugin('fusion', { analysis_models: ['anthropic/a'], model: 'anthropic/b' })],
    ['a function tool', { tools: [{ type: 'function', function: { name: 'model', parameters: { type: 'object' } } }] }],
    ['a tool without models', tool('openrouter:web_search', { max_results: 1 })],
    ['an advisor that is allowed', tool('openrouter:advisor', { model: 'anthropic/a' })],
    ['several advisors that are allowed', tool('openrouter:advisor', { advisors: [{ name: 'x', model: 'anthropic/a' }] })],
    ['an image model that is allowed', tool('openrouter:image_generation', { model: 'anthropic/paint' })],
    ['a tool of a strange name', tool('toString')],
  ])('%s passes', (_, body) => {
    expect(refusal(claude, body)).toBeUndefined();
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a plugin that names another model', plugin('fusion', { analysis_models: ['anthropic/a', 'openai/b'], model: 'anthropic/b' }), '"openai/b"'],
    ['fusion that chooses all', plugin('fusion'), 'analysis_models'],
    ['fusion that chooses its analysts', plugin('fusion', { model: 'anthropic/b' }), 'analysis_models'],
    ['fusion that chooses its judge', plugin('fusion', { analysis_models: ['anthropic/a'] }), 'model'],
    ['a tool inside fusion', plugin('fusion', { analysis_models: ['anthropic/a'], model: 'anthropic/b', ...tool('openrouter:advisor', { model: 'openai/c' }) }), '"openai/c"'],
    ['an unknown plugin that names a model', plugin('brand-new', { models: [{ model: 'openai/b' }] }), '"openai/b"'],
    ['an advisor of another model', tool('openrouter:advisor', { model: 'openai/b' }), 'tools[0].parameters'],
    ['one of several advisors of another model', tool('openrouter:advisor', { advisors: [{ name: 'x', model: 'anthropic/a' }, { name: 'y', model: 'openai/b' }] }), 'advisors[1]'],
    ['one of several advisors that is left open', tool('openrouter:advisor', { advisors: [{ name: 'x' }] }), 'advisors[0] leaves model'],
    ['an advisor that is left open', tool('openrouter:advisor'), 'tools[0].parameters leaves model'],
    ['a subagent that is left open', tool('openrouter:subagent', { name: 'helper' }), 'tools[0].parameters leaves model'],
    ['a fusion tool that is left half open', tool('openrouter:fusion', { model: 'anthropic/b' }), 'analysis_models'],
    ['the default image model', tool('openrouter:image_generation'), '"openai/gpt-5-image"'],
    ['a tool inside a tool', tool('openrouter:subagent', { model: 'anthropic/a', ...tool('openrouter:image_generation') }), 'parameters.tools[0]'],
  ])('%s is refused', (_, body, says) => {
    expect(refusal(claude, body)).toContain(says);
  });
});
