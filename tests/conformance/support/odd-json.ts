import fc from 'fast-check';

type Json = fc.Arbitrary<unknown>;

const TYPES = ['reasoning.text', 'reasoning.summary', 'reasoning.encrypted', 'reasoning.server_tool_call', 'url_citation', 'file', 'function', 'text'];
const NAMES = ['id', 'index', 'text', 'data', 'format', 'function', 'name', 'url', 'content', 'file', 'cost', 'prompt_tokens', 'completion_tokens', 'prompt_tokens_details', 'cached_tokens', 'cost_details', 'server_tool_use_details'];
// What frameworks parse: what is no JSON is tested elsewhere.
const ARGUMENTS = fc.constantFrom(null, '', '{}', '{"harbour":"Otter"}', { harbour: 'Otter' });

/** Any JSON, some of it made of names that answers have. */
const any: Json = fc.letrec((tie) => ({
  leaf: fc.oneof(fc.constantFrom(null, '', 'Otter', [], {}), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string()),
  any: fc.oneof({ depthSize: 'small' }, tie('leaf'), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...NAMES), tie('any'), { maxKeys: 4 })),
})).any;

/** A value as the wire has it, or something else in its place. */
const often = (value: Json): Json => fc.oneof({ weight: 4, arbitrary: value }, any);
const word = (said: string): Json => often(fc.constant(said));
const fields = (record: Record<string, Json>): Json => often(fc.record(record, { requiredKeys: [] }));
const list = (entry: Json): Json => often(fc.array(entry, { maxLength: 3 }));

const detail = fields({
  type: often(fc.constantFrom(...TYPES)), index: often(fc.constant(0)), text: word('Hm.'), summary: word('Hm.'), signature: word('c2ln'), tool_name: word('web_search'), tool_call_id: word('st_1'),
  arguments: ARGUMENTS, result: any,
});
const call = fields({ index: often(fc.nat(2)), id: word('toolu_x'), type: word('function'), function: fields({ name: word('tide'), arguments: ARGUMENTS }) });
const image = fields({ type: word('image_url'), image_url: fields({ url: often(fc.constantFrom('data:image/png;base64,iVBOR', 'https://example.com/a.png', 'data:,')) }) });
const annotation = fields({ type: word('url_citation'), url_citation: fields({ url: word('https://example.com/'), title: word('Tides'), start_index: any }), file: any });

const message = fields({
  role: word('assistant'), content: word('Hi'), reasoning: word('Hm.'), reasoning_content: word('Hm.'), reasoning_details: list(detail), tool_calls: list(call), images: list(image),
  annotations: list(annotation), audio: fields({ id: word('aud_1'), data: word('QUJD'), transcript: word('Hi') }), refusal: word('No.'),
});

/** A whole answer, or a chunk of one, in which any value may stand where another should. */
export const oddAnswer = (name: 'message' | 'delta'): Json =>
  fc.record({
    id: word('gen-1'), model: word('acme/atlas'), provider: word('Azure'), created: any, usage: any, service_tier: any, openrouter_metadata: any,
    choices: list(fields({ index: often(fc.constant(0)), [name]: message, finish_reason: often(fc.constantFrom('stop', 'tool_calls', null)), native_finish_reason: any, logprobs: any })),
  });
