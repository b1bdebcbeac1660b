import { describe, expect, it } from 'vitest';
import { ceilings } from './ceilings.js';
import { measure } from './measure.js';

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(2)} KB`;

describe('size, minified and gzipped, peers external', () => {
  it.each(ceilings)('$name', async (ceiling) => {
    const bytes = await measure(ceiling);
    const budget = bytes <= ceiling.budgetBytes ? 'within' : 'OVER';
    console.log(`size  ${ceiling.name}: ${kilobytes(bytes)} of ${kilobytes(ceiling.maxBytes)}, ${budget} the budget of ${kilobytes(ceiling.budgetBytes)}`);
    expect(bytes).toBeLessThanOrEqual(ceiling.maxBytes);
  });

  it('measures what is used and no more than that', async () => {
    const nothing = await measure({ code: `import '@waypost/core';`, external: [] });
    // An empty gzip stream is 20 bytes: `sideEffects: false` lets a bundler drop the whole package.
    expect(nothing).toBeLessThanOrEqual(32);
  });
});
