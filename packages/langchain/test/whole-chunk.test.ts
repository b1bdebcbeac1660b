import { AIMessage } from '@langchain/core/messages';
import { describe, expect, it } from 'vitest';
import { wholeChunk } from '../src/whole-chunk.js';

describe('an answer as one chunk', () => {
  it('has all that the answer has', () => {
    const message = new AIMessage({
      id: 'gen-1',
      content: 'Hi',
      tool_calls: [{ type: 'tool_call', id: 'a', name: 'f', args: { x: 1 } }],
      invalid_tool_calls: [{ type: 'invalid_tool_call', id: 'b', name: 'g', args: '{"x', error: 'Malformed args.' }],
      additional_kwargs: { reasoning_content: 'Hm.' },
      response_metadata: { finish_reason: 'length' },
      usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
    });
    const { id, content, tool_calls, invalid_tool_calls, additional_kwargs, response_metadata, usage_metadata } = message;
    const chunk = wholeChunk({ text: 'Hi', message, generationInfo: { finish_reason: 'length' } }, message);
    expect(chunk).toMatchObject({ text: 'Hi', generationInfo: { finish_reason: 'length' } });
    expect(chunk.message).toMatchObject({ id, content, tool_calls, invalid_tool_calls, additional_kwargs, response_metadata, usage_metadata });
  });
});
