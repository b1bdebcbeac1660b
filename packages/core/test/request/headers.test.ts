import { describe, expect, it } from 'vitest';
import { createReport } from '../../src/policy/report.js';
import { asksForCache, type HeaderOptions, optionHeaders, redactHeaders } from '../../src/request/headers.js';

const SECRET = 'sk-or-v1-0123';
const make = (options: HeaderOptions, path = ''): { headers: Record<string, string>; issues: readonly string[] } => {
  const report = createReport();
  const headers = optionHeaders(options, path, report);
  expect(JSON.stringify(report)).not.toContain(SECRET);
  return { headers, issues: report.issues.map((one) => one.path) };
};
/** Options that a program without types may give. */
const wrong = (options: Record<string, unknown>): HeaderOptions => options;

describe('the headers made from options', () => {
  it('are none without options', () => {
    expect(make({})).toEqual({ headers: {}, issues: [] });
    expect(make({ appUrl: undefined, appCategories: [], headers: { 'x-a': undefined } })).toEqual({ headers: {}, issues: [] });
  });

  it('carry attribution, metadata and the cache', () => {
    expect(make({ appUrl: 'https://a.example', appTitle: 'A', appCategories: ['cli-agent', 'legal'], metadata: false, cache: { ttl: 60, clear: true } })).toEqual({
      headers: {
        'http-referer': 'https://a.example',
        'x-openrouter-title': 'A',
        'x-openrouter-categories': 'cli-agent,legal',
        'x-openrouter-metadata': 'disabled',
        'x-openrouter-cache': 'true',
        'x-openrouter-cache-ttl': '60',
        'x-openrouter-cache-clear': 'true',
      },
      issues: [],
    });
    expect(make({ metadata: true, cache: false }).headers).toEqual({ 'x-openrouter-metadata': 'enabled', 'x-openrouter-cache': 'false' });
  });

  it('give way to headers of the same name, in any case', () => {
    expect(make({ appTitle: 'A', cache: true, headers: { 'X-OpenRouter-Title': 'B', 'X-OpenRouter-Cache': 'false' } }).headers).toEqual({
      'x-openrouter-title': 'B',
      'x-openrouter-cache': 'false',
    });
  });

  it.each<[string, HeaderOptions, string]>([
    ['a line break', { appTitle: `a\r\nauthorization: ${SECRET}` }, 'appTitle'],
    ['a line break in a header', { headers: { 'x-key': `${SECRET}\n` } }, 'headers.x-key'],
    ['a character outside Latin-1', { appTitle: '日本' }, 'appTitle'],
    ['a name that is none', { headers: { 'x key': 'a' } }, 'headers.x key'],
    ['a value that is no text', wrong({ headers: { 'x-key': { secret: SECRET } } }), 'headers.x-key'],
    ['a URL that is no text', wrong({ appUrl: 1 }), 'appUrl'],
    ['text for categories', wrong({ appCategories: 'legal' }), 'appCategories'],
    ['three categories', { appCategories: ['a', 'b', 'c'] }, 'appCategories'],
    ['a category in capitals', { appCategories: ['Legal'] }, 'appCategories[0]'],
    ['a category that is too long', { appCategories: ['a', 'b'.repeat(31)] }, 'appCategories[1]'],
    ['text for the cache', wrong({ cache: 'yes' }), 'cache'],
    ['null for the cache', wrong({ cache: null }), 'cache'],
    ['a time of zero', { cache: { ttl: 0 } }, 'cache.ttl'],
    ['half a second', { cache: { ttl: 1.5 } }, 'cache.ttl'],
    ['more than a day', { cache: { ttl: 86_401 } }, 'cache.ttl'],
    ['a time that is text', wrong({ cache: { ttl: '60' } }), 'cache.ttl'],
  ])('cannot be made from %s', (_, options, path) => {
    expect(make(options).issues).toEqual([path]);
    expect(make(options, 'settings').issues).toEqual([`settings.${path}`]);
  });
});

describe('headers read again', () => {
  it('tell whether a cached response may come', () => {
    expect([asksForCache({ 'x-openrouter-cache': ' TRUE' }), asksForCache({ 'x-openrouter-cache': 'false' }), asksForCache({})]).toEqual([true, false, false]);
  });

  it('hide what carries credentials', () => {
    const redacted = redactHeaders({ Authorization: SECRET, 'x-api-key': SECRET, 'x-my-token': SECRET, Cookie: SECRET, 'x-openrouter-title': 'A' });
    expect(JSON.stringify(redacted)).not.toContain(SECRET);
    expect(redacted['x-openrouter-title']).toBe('A');
  });
});
