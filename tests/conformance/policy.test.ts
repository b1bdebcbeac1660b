import { describe, expect, it } from 'vitest';
import { drivers } from './drivers/index.js';
import { policies, refused } from './policies.js';
import { agree } from './support/agree.js';
import { kind, layerName, run } from './support/run.js';

type Body = { provider?: unknown; models?: unknown; stream?: unknown };

describe.each([false, true])('streaming: %s', (stream) => {
  it.each(policies)('is the same on the wire and in the receipt, whichever adapter: $name', async ({ plan: said, provider, models, overruled = [], warning, host }) => {
    const plan = { ...said, stream };
    const runs = await agree(plan);
    for (const [i, { error, requests, receipt, warnings, told }] of runs.entries()) {
      expect(error).toBeUndefined();
      expect(requests).toHaveLength(1);
      const body = requests[0]?.body as Body;
      expect(body.provider).toEqual(provider);
      expect(body.models).toEqual(models);
      expect(body.stream).toBe(stream ? true : undefined);
      expect(receipt?.overruled.map(({ field, layer }) => `${field}@${layerName(drivers[i]!, plan, layer)}`)).toEqual(overruled);
      expect(receipt?.policy?.provider).toEqual(provider);
      if (host) expect(told.requests[0]?.url).toContain(host);
      if (warning) expect(warnings.join('\n')).toContain(warning);
      for (const one of overruled) expect(warnings.join('\n')).toMatch(new RegExp(`${one.split('@')[0]}.*overruled`));
      expect(told.receipts).toEqual([receipt]);
    }
  });

  describe.each(refused)('$name', ({ plan, error, message }) => {
    it.each(drivers)('is refused before anything is sent: $name', async (driver) => {
      const result = await run(driver, { ...plan, stream });
      expect(result.requests).toEqual([]);
      expect(result.told.requests).toEqual([]);
      expect(kind(result.ours)).toBe(error);
      expect(result.ours?.message).toMatch(message);
      expect(result.text).toBe('');
    });
  });
});
