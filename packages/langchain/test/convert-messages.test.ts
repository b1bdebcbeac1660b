import { AIMessage, ChatMessage, FunctionMessage, HumanMessage, RemoveMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { InvalidOptionsError } from '@waypost/core';
import { describe, expect, it } from 'vitest';
import { convertMessages } from '../src/convert-messages.js';

describe('convertMessages', () => {
  it('gives each kind of message its role', () => {
    const developer = new SystemMessage({ content: 'be brief', additional_kwargs: { __openai_role__: 'developer' } });
    expect(
      convertMessages([
        new SystemMessage('be kind'),
        developer,
        new ChatMessage('be quick', 'developer'),
        new HumanMessage({ content: 'hi', name: 'ada' }),
        new AIMessage('hello'),
        new ToolMessage({ content: 'sunny', tool_call_id: 'call_1', name: 'weather', artifact: { secret: true } }),
      ]),
    ).toEqual([
      { role: 'system', content: 'be kind' },
      { role: 'developer', content: 'be brief' },
      { role: 'developer', content: 'be quick' },
      { role: 'user', content: 'hi', name: 'ada' },
      { role: 'assistant', content: 'hello' },
      { role: 'tool', tool_call_id: 'call_1', content: 'sunny', name: 'weather' },
    ]);
  });

  it('gives back a malformed call where a tool message says that it was, and only there', () => {
    const invalid = { type: 'invalid_tool_call' as const, name: 'add', error: 'Malformed args.' };
    const message = new AIMessage({ content: '', tool_calls: [{ id: 'a', name: 'add', args: { a: 1 } }], invalid_tool_calls: [{ ...invalid, id: 'b', args: '{"a":' }, { ...invalid, id: 'c', args: '{' }] });
    const [first] = convertMessages([message, new ToolMessage({ content: '2', tool_call_id: 'a' }), new ToolMessage({ content: 'That was no JSON.', tool_call_id: 'b' })]);
    const call = (id: string, args: string) => ({ id, type: 'function', function: { name: 'add', arguments: args } });
    expect(first).toEqual({ role: 'assistant', content: null, tool_calls: [call('a', '{"a":1}'), call('b', '{}')] });
  });

  it('leaves calls in the content of other providers out: they are among the calls', () => {
    const content = [{ type: 'functionCall', functionCall: { name: 'add', args: {} } }, { type: 'tool_use', id: 'a', name: 'add', input: {} }, { type: 'text', text: 'Adding.' }];
    const [first] = convertMessages([new AIMessage({ content, tool_calls: [{ id: 'a', name: 'add', args: {} }] })]);
    expect(first).toMatchObject({ content: [{ type: 'text', text: 'Adding.' }], tool_calls: [{ id: 'a', function: { arguments: '{}' } }] });
  });

  it('joins function messages of old to their calls', () => {
    const call = new AIMessage({ content: '', additional_kwargs: { function_call: { name: 'add', arguments: '{"a":1}' } } });
    const [first, second] = convertMessages([call, new FunctionMessage({ content: '2', name: 'add' })]);
    expect(first).toMatchObject({ tool_calls: [{ id: 'call_add', function: { name: 'add', arguments: '{"a":1}' } }] });
    expect(second).toMatchObject({ role: 'tool', tool_call_id: 'call_add', content: '2' });
  });

  it('replays what the model sent, unmodified and in order', () => {
    const details = [
      { type: 'reasoning.text', text: 'Hm.', signature: 'sig', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.encrypted', data: 'blob', index: 1, id: null },
    ];
    const images = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }];
    const annotations = [{ type: 'file', file: { hash: 'h', name: 'a.pdf' } }];
    const message = new AIMessage({
      content: [{ type: 'reasoning', reasoning: 'Hm.' }, { type: 'text', text: 'Look:' }, { type: 'tool_call', id: 'c', name: 'see', args: {} }],
      tool_calls: [{ id: 'c', name: 'see', args: { at: [1, 2] } }],
      additional_kwargs: { reasoning_details: details, reasoning_content: 'Hm.', images, annotations },
    });
    expect(convertMessages([message])).toEqual([
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'Look:' }],
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'see', arguments: '{"at":[1,2]}' } }],
        reasoning_details: details,
        images,
        annotations,
      },
    ]);
  });

  it('replays bare reasoning where there are no details, and null for no content beside calls', () => {
    const message = new AIMessage({ content: '', tool_calls: [{ id: 'c', name: 'f', args: {} }], additional_kwargs: { reasoning_content: 'So.' } });
    expect(convertMessages([message])[0]).toMatchObject({ content: null, reasoning: 'So.' });
  });

  it('refuses what cannot be sent, naming the place', () => {
    const at = (run: () => unknown): string | undefined => {
      try {
        run();
      } catch (error) {
        if (InvalidOptionsError.isInstance(error)) return error.issues[0]?.path;
      }
      return undefined;
    };
    expect(at(() => convertMessages([new HumanMessage('x'), new RemoveMessage({ id: 'x' })]))).toBe('messages[1]');
    expect(at(() => convertMessages([new ChatMessage('x', 'narrator')]))).toBe('messages[0]');
    expect(at(() => convertMessages([new HumanMessage({ content: [{ type: 'audio', url: 'https://x.test/a.mp3' }] })]))).toBe('messages[0].content[0]');
    expect(at(() => convertMessages([new HumanMessage({ content: [{ type: 'image' }] })]))).toBe('messages[0].content[0]');
  });
});
