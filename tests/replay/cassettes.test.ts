import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { exchangeNames } from '@waypost-tests/fixtures';
import { describe, expect, it } from 'vitest';
import { describeReplay, kinds } from './suite.js';

/** Real traffic, kept beside the checkout where it is kept at all; it is never copied into the project. */
const folder = fileURLToPath(new URL('../../../shared/cassettes', import.meta.url));
const required = Boolean(process.env['WAYPOST_REQUIRE_CASSETTES']);
const absent = !existsSync(folder);

describe('recordings of real traffic', () => {
  it.skipIf(absent && !required)('lie beside this checkout (where they do not, only the fixtures are replayed)', () => {
    for (const kind of kinds) expect(exchangeNames(folder, kind).length).toBeGreaterThan(0);
  });
});

describeReplay('recorded', folder);
