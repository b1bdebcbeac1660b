import fc from 'fast-check';
import type { ChatResponse, FinishReason } from '../../src/wire/chat.js';
import type { ResponseMessage, ToolCall } from '../../src/wire/message.js';
import type { ReasoningDetail } from '../../src/wire/reasoning.js';
import type { Usage } from '../../src/wire/usage.js';

/** Short texts with characters of one to four bytes, and such as look like syntax. */
const unit = fc.constantFrom('a', 'b', ' ', '\n', '"', '\\', '{', '}', 'é', '€', '日', '😀', '\u2028');
const text: fc.Arbitrary<string> = fc.string({ unit, minLength: 1, maxLength: 15 });
const maybe = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string | null> => fc.option(arbitrary, { nil: null });

const id = fc.option(fc.constantFrom('rs_1', 'rs_2'), { nil: undefined });
const format = fc.constantFrom('unknown', 'openai-responses-v1', 'xai-responses-v1', 'anthropic-claude-v1', 'google-gemini-v1', 'brand-new-v9', null);
const body = fc.oneof(
  fc.record({ type: fc.constant('reasoning.text'), text, signature: text }, { requiredKeys: ['type', 'text'] }),
  fc.record({ type: fc.constant('reasoning.text'), signature: text }),
  fc.record({ type: fc.constant('reasoning.summary'), summary: text }),
  fc.record({ type: fc.constant('reasoning.encrypted'), data: text }),
  fc.record({ type: fc.constant('reasoning.server_tool_call'), tool_name: text, tool_call_id: maybe(text), arguments: fc.jsonValue(), result: fc.jsonValue() }),
  fc.record({ type: fc.constant('reasoning.brand_new'), text, other: fc.jsonValue() }),
);
type Block = Record<string, unknown> & { type: string };

/** Blocks as a model sends them unsplit: an index is used again only where the kind differs, or a signature came between. */
const details: fc.Arbitrary<ReasoningDetail[]> = fc
  .array(fc.record({ body, id, format, share: fc.boolean() }), { maxLength: 6 })
  .map((list) => {
    const latest = new Map<string, Block>();
    let index = 0;
    return list.map(({ body: fields, id: blockId, format: blockFormat, share }, place) => {
      const before = (at: number): Block | undefined => latest.get(`${fields.type} ${at}`);
      const open = before(index);
      if (place > 0 && (!share || (open && !(open['signature'] && 'text' in fields)))) index++;
      const block: Block = { ...fields, ...(blockId !== undefined && { id: blockId }), format: blockFormat, index };
      latest.set(`${fields.type} ${index}`, block);
      return block;
    });
  });

const toolCalls: fc.Arbitrary<ToolCall[]> = fc
  .array(fc.record({ name: fc.constantFrom('weather', 'time'), args: fc.oneof(fc.constant(''), fc.object().map((value) => JSON.stringify(value))) }), { maxLength: 4 })
  .map((list) => list.map(({ name, args }, place): ToolCall => ({ id: `call_${place}`, type: 'function', function: { name, arguments: args } })));

const images = fc.array(fc.record({ type: fc.constant('image_url'), index: fc.nat(3), image_url: fc.record({ url: text }) }), { maxLength: 3 });
const audio = fc.option(
  fc.record({ id: fc.constant('audio_1'), data: text, transcript: text, expires_at: fc.nat() }, { requiredKeys: ['id', 'data'] }),
  { nil: undefined },
);
const annotations = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('url_citation' as const), url_citation: fc.record({ url: text, start_index: fc.nat() }) }),
    fc.record({ type: fc.constant('file' as const), file: fc.record({ hash: text }) }),
    fc.record({ type: fc.constant('brand_new'), data: fc.jsonValue() }),
  ),
  { maxLength: 3 },
);

const message: fc.Arbitrary<ResponseMessage> = fc
  .record({ content: maybe(text), refusal: maybe(text), reasoning: maybe(text), details, toolCalls, images, audio, annotations })
  .map((parts) => ({
    role: 'assistant',
    content: parts.content,
    refusal: parts.refusal,
    reasoning: parts.reasoning,
    ...(parts.details.length > 0 && { reasoning_details: parts.details }),
    ...(parts.toolCalls.length > 0 && { tool_calls: parts.toolCalls }),
    ...(parts.images.length > 0 && { images: parts.images }),
    ...(parts.audio && { audio: parts.audio }),
    ...(parts.annotations.length > 0 && { annotations: parts.annotations }),
  }));

const usage: fc.Arbitrary<Usage> = fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat(), total_tokens: fc.nat(), cost: fc.double({ min: 0, max: 1, noNaN: true }) });
const finish: fc.Arbitrary<FinishReason> = fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter', 'end_turn');
const logprobs = fc.option(fc.record({ content: fc.array(fc.record({ token: text }), { minLength: 1, maxLength: 4 }), refusal: fc.constant(null) }), { nil: null });

/** Responses as the API gives them without streaming. */
export const chatResponse: fc.Arbitrary<ChatResponse> = fc
  .record({ message, finish, native: maybe(text), logprobs, usage, fingerprint: maybe(text), tier: maybe(text) })
  .map((parts) => ({
    id: 'gen-1',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'author/slug',
    provider: 'Acme',
    system_fingerprint: parts.fingerprint,
    service_tier: parts.tier,
    choices: [{ index: 0, message: parts.message, finish_reason: parts.finish, native_finish_reason: parts.native, logprobs: parts.logprobs }],
    usage: parts.usage,
  }));
