import { describe, expect, it } from 'vitest';
import { InvalidOptionsError, type OptionIssue } from '../../src/errors/invalid-options-error.js';
import type { RequestLayer } from '../../src/request/layers.js';
import { resolveRequest } from '../../src/request/resolve-request.js';

const request = { model: 'a/b', messages: [{ role: 'user', content: 'Hi' }] };
const client: RequestLayer = { name: 'client', provider: { zdr: true } };

function issuesOf(run: () => unknown): readonly OptionIssue[] {
  try {
    run();
  } catch (error) {
    if (InvalidOptionsError.isInstance(error)) return error.issues;
    throw error;
  }
  return [];
}
const refused = (body: { readonly [field: string]: unknown }): readonly OptionIssue[] => [
  ...issuesOf(() => resolveRequest([client, { name: 'extraBody', path: 'extraBody', body }], request)),
  ...issuesOf(() => resolveRequest([client], { ...request, ...body })),
];

describe('what protects, and would go out as a field that nobody reads', () => {
  it.each(['Provider', 'provder', 'allowedModel', 'Regoin', 'verfy'])('%s is refused in any body', (name) => {
    const issues = refused({ [name]: { zdr: true } });
    expect(issues.map(({ path }) => path)).toEqual([`extraBody.${name}`, name]);
    expect(issues[0]?.suggestion).toMatch(/^did you mean "(provider|allowedModels|region|verify)"\?$/);
  });

  it.each(['allowedModels', 'allowed_models', 'region', 'acknowledge'])('%s is an option, and is refused once', (name) => {
    expect(refused({ [name]: 'eu' }).map(({ path }) => path)).toEqual([`extraBody.${name}`, name]);
  });

  it.each(['extraBody', 'extra_body', 'modelKwargs', 'model_kwargs', 'providerOptions', 'apiKey', 'api_key', 'headers', 'baseURL'])('%s is for another place', (name) => {
    expect(refused({ [name]: { provider: { zdr: true } } }).map(({ path }) => path)).toEqual([`extraBody.${name}`, name]);
  });

  it.each([['a Map', new Map([['provider', { zdr: true }]])], ['an instance', new (class {
    get provider(): object {
      return { zdr: true };
    }
  })()]])('is not in the keys of %s', (_, body) => {
    // Wrong on purpose, as plain JavaScript may be.
    const layer: RequestLayer = { name: 'extraBody', path: 'extraBody', body: body as object as { readonly [field: string]: unknown } };
    expect(issuesOf(() => resolveRequest([client, layer], request)).map(({ path }) => path)).toEqual(['extraBody']);
  });

  it('is none where it holds nothing', () => {
    expect(refused({ Provider: null, provder: undefined })).toEqual([]);
  });
});

describe('a function', () => {
  it('cannot ask for another body', () => {
    expect(refused({ toJSON: () => ({ model: 'other/model', messages: [] }) }).map(({ path }) => path)).toEqual(['extraBody.toJSON', 'toJSON']);
  });

  it('cannot ask for other preferences', () => {
    const provider = Object.fromEntries([['toJSON', () => ({ zdr: false })]]);
    expect(issuesOf(() => resolveRequest([client, { name: 'call', provider, allowUnknownPreferences: true }], request)).map(({ path }) => path)).toEqual(['provider.toJSON']);
  });
});

describe('a field with capitals', () => {
  it('is none of the API, and goes out with a warning that says what is', () => {
    const { warnings, windows } = resolveRequest([{ name: 'extraBody', path: 'extraBody', body: { serviceTier: 'flex', top_p: 1, maxTokens: null } }], request);
    expect(warnings).toEqual([{ code: 'camel-case', path: 'extraBody.serviceTier', message: 'is no field of the request', suggestion: 'write service_tier' }]);
    expect(windows[0]?.body).toMatchObject({ serviceTier: 'flex', top_p: 1 });
  });
});

describe('a limit that is no number', () => {
  it.each([Number.NaN, Infinity])('would be none: %s', (value) => {
    expect(refused({ max_tokens: value }).map(({ path, message }) => `${path} ${message}`)).toEqual([`extraBody.max_tokens is ${value}, which no request can carry`, `max_tokens is ${value}, which no request can carry`]);
  });
});

describe('a route without fallback models', () => {
  it.each([[['a/b', 'c/d']], [['a/b']], [[{ model: 'a/b', timeout: 5 }]]])('is sent none: %j', (models) => {
    const { windows } = resolveRequest([{ name: 'call', models }], { model: 'a/b', input: 'x' }, { route: 'embeddings' });
    expect(windows.map(({ body }) => body)).toEqual([{ model: 'a/b', input: 'x' }]);
  });
});
