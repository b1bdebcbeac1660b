import { describe, expect, it } from 'vitest';
import { convertUsage } from '../src/convert-usage.js';
import { USAGE } from './fake-server.js';

describe('convertUsage', () => {
  it('counts as LangChain does', () => {
    expect(convertUsage(USAGE)).toEqual({
      input_tokens: 10,
      output_tokens: 7,
      total_tokens: 17,
      input_token_details: { cache_read: 4, cache_creation: 2 },
      output_token_details: { reasoning: 3 },
    });
  });

  it('leaves out what the server left out, and keeps zeros', () => {
    expect(convertUsage({ prompt_tokens: 1, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 0, audio_tokens: null }, completion_tokens_details: null })).toEqual({
      input_tokens: 1, output_tokens: 2, total_tokens: 3, input_token_details: { cache_read: 0 }, output_token_details: {},
    });
    expect(convertUsage(undefined)).toBeUndefined();
    expect(convertUsage({ cost: 1 })).toBeUndefined();
  });
});
