import type { LanguageModelV4Prompt, SharedV4Warning } from '@ai-sdk/provider';
import { UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { convertMessages } from '../src/request/convert-messages.js';

type Role<Name extends string> = Extract<LanguageModelV4Prompt[number], { role: Name }>;
type UserContent = Role<'user'>['content'];

const user = (...content: UserContent) => convertMessages([{ role: 'user', content }], [])[0];
const file = (mediaType: string, data: Extract<UserContent[number], { type: 'file' }>['data'], more: object = {}): UserContent[number] => ({ type: 'file', mediaType, data, ...more });
const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
const cached = { openrouter: { cacheControl: { type: 'ephemeral' } } };
const mark = { cache_control: { type: 'ephemeral' } };

describe('system and user', () => {
  it('are strings where nothing asks for parts', () => {
    expect(convertMessages([{ role: 'system', content: 'Be brief.' }, { role: 'user', content: [{ type: 'text', text: 'Hi' }] }], [])).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ]);
  });

  it('carry cache marks: of the message on its last text, of a part on the part, Anthropic\'s too', () => {
    expect(convertMessages([{ role: 'system', content: 'S', providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } } }], [])).toEqual([
      { role: 'system', content: [{ type: 'text', text: 'S', ...mark }] },
    ]);
    const message: Role<'user'> = { role: 'user', providerOptions: cached, content: [{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }, file('image/png', { type: 'data', data: 'iVBOR' })] };
    expect(convertMessages([message], [])).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'text', text: 'b', ...mark }, { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBOR' } }] },
    ]);
  });

  it('carry the mark of a message without text on its last part', () => {
    const image = (url: string) => file('image/png', { type: 'url', url: new URL(url) });
    expect(convertMessages([{ role: 'user', providerOptions: cached, content: [image('https://a.example/'), image('https://b.example/')] }], [])).toEqual([
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a.example/' } }, { type: 'image_url', image_url: { url: 'https://b.example/' }, ...mark }] },
    ]);
  });

  it.each([
    ['bytes', file('image/png', { type: 'data', data: bytes }), { type: 'image_url', image_url: { url: 'data:image/png;base64,/9j/4A==' } }],
    ['a subtype found from the bytes', file('image/*', { type: 'data', data: bytes }), { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,/9j/4A==' } }],
    ['a URL', file('image/png', { type: 'url', url: new URL('https://example.com/a.png') }, { providerOptions: { openrouter: { detail: 'low' } } }), { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } }],
    ['a video', file('video/mp4', { type: 'url', url: new URL('https://example.com/a.mp4') }), { type: 'video_url', video_url: { url: 'https://example.com/a.mp4' } }],
    ['audio', file('audio/mpeg', { type: 'data', data: 'QUJD' }), { type: 'input_audio', input_audio: { data: 'QUJD', format: 'mp3' } }],
    ['audio whose media type has parameters', file('audio/ogg;codecs=opus', { type: 'data', data: 'QUJD' }), { type: 'input_audio', input_audio: { data: 'QUJD', format: 'ogg' } }],
    ['audio of a format that is not known', file('audio/x-new', { type: 'data', data: 'QUJD' }), { type: 'input_audio', input_audio: { data: 'QUJD', format: 'x-new' } }],
    ['a PDF', file('application/pdf', { type: 'data', data: 'JVBER' }, { filename: 'a.pdf' }), { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBER' } }],
    ['a PDF named by us', file('application/pdf', { type: 'url', url: new URL('https://example.com/x') }, { filename: 'a.pdf', providerOptions: { openrouter: { filename: 'b.pdf' } } }), { type: 'file', file: { filename: 'b.pdf', file_data: 'https://example.com/x' } }],
    ['text', file('text/plain', { type: 'text', text: 'né' }), { type: 'file', file: { filename: '', file_data: 'data:text/plain;base64,bsOp' } }],
    ['a file that OpenRouter has', file('application/pdf', { type: 'reference', reference: { openrouter: 'file-1' } }), { type: 'file', file: { file_id: 'file-1' } }],
  ])('send %s', (_, part, expected) => {
    expect(user({ type: 'text', text: 'See' }, part)).toEqual({ role: 'user', content: [{ type: 'text', text: 'See' }, expected] });
  });

  it('encode many bytes at once', () => {
    const message = user(file('image/png', { type: 'data', data: new Uint8Array(200_000).fill(7) }));
    expect(JSON.stringify(message)).toContain(`data:image/png;base64,${Buffer.alloc(200_000, 7).toString('base64')}`);
  });

  it.each([
    ['audio by URL', file('audio/mpeg', { type: 'url', url: new URL('https://example.com/a.mp3') })],
    ['a file of the disk', file('image/png', { type: 'url', url: new URL('file:///etc/passwd') })],
    ["another provider's file", file('application/pdf', { type: 'reference', reference: { openai: 'file-1' } })],
  ])('refuse %s', (_, part) => {
    expect(() => user(part)).toThrow(UnsupportedFunctionalityError);
  });
});

describe('assistant and tool', () => {
  it('keep text, calls with sorted keys, and images', () => {
    const [message] = convertMessages([{ role: 'assistant', content: [
      { type: 'text', text: 'One ' }, { type: 'text', text: 'two' },
      { type: 'tool-call', toolCallId: 'a', toolName: 'f', input: { b: [{ d: 1, c: 2 }], a: null } },
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'iVBOR' } },
    ] }], []);
    expect(message).toEqual({
      role: 'assistant', content: 'One two',
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"a":null,"b":[{"c":2,"d":1}]}' } }],
      images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBOR' } }],
    });
  });

  it.each([['{oops', '{}'], ['', '{}'], ['{"a":1}', '{"a":1}']])('send the input %j, kept as text by a page, as an object', (input, expected) => {
    const [message] = convertMessages([{ role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'a', toolName: 'f', input }] }], []);
    expect(message).toMatchObject({ tool_calls: [{ function: { arguments: expected } }] });
  });

  it('have null for no text, and leave out what the server ran', () => {
    const [message] = convertMessages([{ role: 'assistant', content: [{ type: 'tool-call', toolCallId: 's', toolName: 'search', input: {}, providerExecuted: true }] }], []);
    expect(message).toEqual({ role: 'assistant', content: null });
  });

  it('give back annotations, whether they come with the message or a text', () => {
    const annotations = [{ type: 'file', file: { hash: 'h', name: 'a.pdf' } }];
    const parts: Role<'assistant'>['content'] = [{ type: 'text', text: 'Hi' }];
    expect(convertMessages([{ role: 'assistant', content: parts, providerOptions: { openrouter: { annotations } } }], [])[0]).toMatchObject({ annotations });
    expect(convertMessages([{ role: 'assistant', content: [{ type: 'text', text: 'Hi', providerOptions: { openrouter: { annotations } } }] }], [])[0]).toMatchObject({ annotations });
  });

  it('say what is left out', () => {
    const warnings: SharedV4Warning[] = [];
    convertMessages([{ role: 'assistant', content: [{ type: 'file', mediaType: 'audio/wav', data: { type: 'data', data: 'QQ==' } }, { type: 'custom', kind: 'x.y' }] }], warnings);
    expect(warnings).toMatchObject([{ type: 'unsupported', feature: expect.stringContaining('audio/wav') }, { type: 'unsupported', feature: expect.stringContaining('custom') }]);
  });

  it('carry the cache mark that a tool put on its output', () => {
    const output = { type: 'text' as const, value: 'ok', providerOptions: cached };
    expect(convertMessages([{ role: 'tool', content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'f', output }] }], [])).toEqual([
      { role: 'tool', tool_call_id: 'a', name: 'f', content: 'ok', ...mark },
    ]);
  });

  it.each([
    [{ type: 'text' as const, value: 'ok' }, 'ok'],
    [{ type: 'json' as const, value: { a: 1 } }, '{"a":1}'],
    [{ type: 'error-text' as const, value: 'bad' }, 'bad'],
    [{ type: 'error-json' as const, value: [1] }, '[1]'],
    [{ type: 'execution-denied' as const }, 'Tool execution denied'],
    [{ type: 'content' as const, value: [{ type: 'text' as const, text: 't' }, { type: 'file' as const, mediaType: 'image/png', data: { type: 'data' as const, data: 'iVBOR' } }] },
      [{ type: 'text', text: 't' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBOR' } }]],
  ])('send a tool result: $type', (output, content) => {
    expect(convertMessages([{ role: 'tool', content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'f', output, providerOptions: cached }] }], [])).toEqual([
      { role: 'tool', tool_call_id: 'a', name: 'f', content, ...mark },
    ]);
  });
});
