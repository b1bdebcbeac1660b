import { describe, expect, it } from 'vitest';
import { PolicyConflictError } from '../../src/errors/policy-conflict-error.js';
import { createReport } from '../../src/policy/report.js';
import { checkBaseURL, DEFAULT_BASE_URL, effectiveBaseURL } from '../../src/request/base-url.js';

const check = (value: unknown): [string | undefined, string] => {
  const report = createReport();
  const url = checkBaseURL(value, 'baseURL', report);
  return [url, report.issues.map((one) => `${one.path}: ${one.message} (${one.suggestion})`).join()];
};

describe('a base URL', () => {
  it.each([
    ['https://openrouter.ai/api/v1/', 'https://openrouter.ai/api/v1'],
    ['http://127.0.0.1:8080//', 'http://127.0.0.1:8080'],
  ])('%s passes, without slashes at its end', (value, url) => {
    expect(check(value)).toEqual([url, '']);
  });

  it.each([['no URL', 'openrouter.ai'], ['empty', ''], ['no text', 1], ['null', null], ['another protocol', 'ftp://h'], ['a query', 'https://h/?key=1'], ['a fragment', 'https://h/#f']])(
    'is refused: %s',
    (_, value) => {
      const [url, issue] = check(value);
      expect(url).toBeUndefined();
      expect(issue).toContain(`such as ${DEFAULT_BASE_URL}`);
    },
  );

  it.each(['https://user:secret@h', 'https://user@h', 'https://:secret@h', 'ftp://user:secret@h/?q'])('%s is refused and not shown: it would end up in logs', (value) => {
    const [url, issue] = check(value);
    expect(url).toBeUndefined();
    expect(issue).toContain('pass credentials in headers');
    expect(issue).not.toContain('secret');
  });
});

describe('the base URL that holds', () => {
  it('is the one given, else the default', () => {
    expect([effectiveBaseURL('https://h', undefined), effectiveBaseURL(undefined, undefined)]).toEqual(['https://h', DEFAULT_BASE_URL]);
  });

  it.each(['eu', 'us'] as const)('is that of the region %s', (region) => {
    const url = `https://${region}.openrouter.ai/api/v1`;
    for (const given of [undefined, DEFAULT_BASE_URL, url]) expect(effectiveBaseURL(given, region)).toBe(url);
    expect(() => effectiveBaseURL('https://h/api', region)).toThrow(PolicyConflictError);
    expect(() => effectiveBaseURL(`https://${region === 'eu' ? 'us' : 'eu'}.openrouter.ai/api/v1`, region)).toThrow(`served by ${url}`);
  });
});
