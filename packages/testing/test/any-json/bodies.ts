/** A request with every field that its route knows, all of them good. */
export interface FullRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const PROVIDER = {
  order: ['together', 'openai'], only: ['together', 'nebius', 'openai'], ignore: ['novita'], allow_fallbacks: true, require_parameters: false, data_collection: 'allow', zdr: false,
  enforce_distillable_text: false, quantizations: ['fp8', 'bf16', 'unknown', 'fp4'], sort: { by: 'price', partition: 'none' },
  preferred_min_throughput: { p50: 1, p90: 1 }, preferred_max_latency: 90, max_price: { prompt: 9, completion: '90', request: 1, image: 1, audio: 1 },
  options: { together: { top_k: 3 } },
};

const PARTS = [
  { type: 'text', text: 'Hello', cache_control: { type: 'ephemeral', ttl: '5m' } },
  { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
  { type: 'image_url', image_url: { url: 'https://x.test/a.png', detail: 'low' } },
  { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
  { type: 'video_url', video_url: { url: 'https://x.test/a.mp4' } },
];

const MESSAGES = [
  { role: 'system', content: 'Be brief.', name: 'harbour' },
  { role: 'user', content: PARTS, name: 'ada' },
  {
    role: 'assistant', content: null, refusal: null, reasoning: 'Hm', reasoning_details: [{ type: 'reasoning.text', text: 'Hm', format: 'unknown', index: 0 }],
    tool_calls: [{ id: 'c', type: 'function', function: { name: 'tide', arguments: '{}' } }], annotations: [{ type: 'file', file: { hash: 'x' } }],
    images: [{ type: 'image_url', image_url: { url: 'data:,' } }], audio: { id: 'a', data: 'AAAA' },
  },
  { role: 'tool', tool_call_id: 'c', content: 'high' },
];

const TOOL = { type: 'function', function: { name: 'tide', description: 'Tells the tide', parameters: { type: 'object', properties: {} }, strict: true } };

const SAMPLING = {
  temperature: 1, top_p: 1, top_k: 1, min_p: 0, top_a: 0, frequency_penalty: 0, presence_penalty: 0, repetition_penalty: 1, seed: 1, stop: ['x'],
  logit_bias: { 50256: -100 }, logprobs: true, top_logprobs: 2, max_tokens: 20, max_completion_tokens: 20,
};

const SHARED = {
  models: ['acme/atlas'], provider: PROVIDER, stream: false, user: 'ada', metadata: { trip: 'one' }, session_id: 's', trace: { trace_id: 't' },
  plugins: [{ id: 'auto-router', enabled: true, allowed_models: ['acme/*'], excluded_models: ['dune/*'] }], service_tier: 'auto',
  cache_control: { type: 'ephemeral', ttl: '5m' }, prompt_cache_key: 'k', prompt_cache_options: { mode: 'explicit' }, image_config: { aspect_ratio: '1:1' },
  debug: { echo_upstream_body: false }, stop_server_tools_when: [{ type: 'step_count_is', step_count: 2 }], max_tool_calls: 3, modalities: ['text'],
};

const CHAT = {
  ...SHARED, ...SAMPLING, model: 'acme/atlas-mini', messages: MESSAGES.slice(0, 1).concat({ role: 'user', content: PARTS.slice(0, 2), name: 'ada' }, ...MESSAGES.slice(2)),
  tools: [TOOL, { type: 'openrouter:datetime', parameters: { timezone: 'UTC' } }],
  tool_choice: { type: 'function', function: { name: 'tide' } }, parallel_tool_calls: true, verbosity: 'low', include_reasoning: true, structured_outputs: true,
  response_format: { type: 'json_schema', json_schema: { name: 'tide', description: 'x', schema: { type: 'object' }, strict: true } },
  prediction: { type: 'content', content: 'x' }, reasoning: { effort: 'low', summary: 'auto', exclude: false, enabled: true, context: 'auto', mode: 'standard' },
  reasoning_effort: 'low', preset: 'thrifty', transforms: ['middle-out'], route: 'fallback', usage: { include: true }, stream_options: { include_usage: true },
  web_search_options: { search_context_size: 'low' }, audio: { voice: 'a', format: 'wav' }, prompt: 'Hello',
};

const RESPONSES = {
  ...SHARED, model: 'acme/atlas-mini', instructions: 'Be brief.', max_output_tokens: 20, temperature: 1, top_p: 1, top_k: 1, frequency_penalty: 0, presence_penalty: 0, top_logprobs: 0,
  input: [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }, { type: 'input_file', filename: 'a.pdf', file_data: 'AAAA' }] },
    { type: 'message', role: 'assistant', id: 'msg_1', status: 'completed', content: [{ type: 'output_text', text: 'Aye', annotations: [] }] },
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm' }], content: [{ type: 'reasoning_text', text: 'Hm' }] },
    { type: 'function_call', call_id: 'c', name: 'tide', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'high' }] },
  ],
  reasoning: { effort: 'low', summary: 'auto' }, text: { format: { type: 'json_schema', name: 'tide', schema: { type: 'object' } }, verbosity: 'low' },
  tools: [{ type: 'function', name: 'tide', description: 'x', parameters: { type: 'object' }, strict: true }], tool_choice: { type: 'function', name: 'tide' }, parallel_tool_calls: true,
  include: ['reasoning.encrypted_content'], truncation: 'auto', background: false, store: false, safety_identifier: 'x', previous_response_id: null, prompt: null,
};

const ROUTING = { provider: PROVIDER, user: 'ada', session_id: 's', trace: { trace_id: 't' } };
const REFERENCES = [{ type: 'image_url', image_url: { url: 'https://x.test/a.png' } }];

/** Every route that takes a body. Text routes come streamed too. */
export const FULL: readonly FullRequest[] = [
  { path: '/chat/completions', body: CHAT },
  { path: '/chat/completions', body: { model: 'acme/atlas', messages: MESSAGES.slice(0, 1).concat({ role: 'user', content: PARTS.slice(0, 3), name: 'ada' }), stream: true, tools: [TOOL], reasoning: { max_tokens: 10 }, prompt: null } },
  { path: '/responses', body: RESPONSES },
  { path: '/responses', body: { model: 'acme/atlas', input: 'Hello', stream: true } },
  { path: '/completions', body: { ...SHARED, ...SAMPLING, model: 'acme/atlas-mini', prompt: ['Hello', 'Ahoy'], suffix: '!', echo: false, logprobs: 2, preset: 'thrifty' } },
  { path: '/completions', body: { model: 'acme/atlas', prompt: 'Hello', stream: true } },
  { path: '/embeddings', body: { ...ROUTING, model: 'dune/vector', input: ['Hello', 'Ahoy'], dimensions: 4, encoding_format: 'float', input_type: 'query' } },
  { path: '/embeddings', body: { model: 'dune/vector', input: [[1, 2], [3]] } },
  { path: '/embeddings', body: { model: 'dune/vector', input: [{ content: PARTS.slice(0, 1) }] } },
  { path: '/rerank', body: { ...ROUTING, model: 'dune/compass', query: 'tide', documents: ['Hello', { text: 'Ahoy', image: 'https://x.test/a.png' }], top_n: 1 } },
  {
    path: '/images',
    body: {
      model: 'cinder/kiln', prompt: 'A quay', n: 2, size: '8x8', aspect_ratio: '1:1', resolution: '1K', quality: 'low', background: 'auto', output_format: 'png', output_compression: 90,
      input_references: REFERENCES, seed: 1, provider: { order: ['google-vertex'], options: {} }, user: 'ada', stream: false,
    },
  },
  {
    path: '/videos',
    body: {
      model: 'cinder/reel', prompt: 'A quay', duration: 3, size: '8x8', aspect_ratio: '1:1', resolution: '720p', seed: 1, generate_audio: true,
      frame_images: [{ ...REFERENCES[0], frame_type: 'first_frame' }], input_references: REFERENCES, provider: { options: {} }, user: 'ada',
    },
  },
  { path: '/audio/speech', body: { model: 'echo/lark', input: 'Hello', voice: 'a', speed: 1, response_format: 'mp3', provider: { options: {} } } },
  {
    path: '/audio/transcriptions',
    body: {
      model: 'echo/scribe', input_audio: { data: 'AAAA', format: 'wav' }, language: 'en', temperature: 0, response_format: 'verbose_json', timestamp_granularities: ['word'], provider: { options: {} },
    },
  },
  {
    path: '/api/alpha/decisions',
    body: {
      ...ROUTING, model: 'dune/verdict', state: { tide: 'high' },
      questions: { a: { type: 'choice', instructions: 'x', criteria: { go: 'wind', stay: null } }, b: { type: 'score', criteria: ['calm', 'storm'] }, c: { type: 'noul', criteria: { true: 'yes', false: 'no' } } },
    },
  },
];

/** What is wrong nearly everywhere, and what is wrong somewhere. */
export const ODD: readonly unknown[] = [
  null, true, false, 0, -1, -3, 0.5, 5, 1e9, 1e308, -1e308, 5e-324, '', '5', 'abc', '__proto__', '@preset/', '~', ':', '\ud800', [], [null], [[]], [5], [''], ['x', null], [{}], {}, { type: 5 }, { type: 'function' }, { type: 'json_schema' },
  { type: 'text' }, { role: 'user' }, { constructor: 'x', toString: 1 }, { by: 5 }, { prompt: 'abc' }, { content: 5 }, { text: 5 },
  ...[{ anyOf: [{ $ref: '#' }] }, { type: 'array', items: {}, minItems: 1e10 }, { type: 'string', minLength: 1e10 }].flatMap((schema) => [schema, { name: 'odd', schema }, { type: 'json_schema', json_schema: { name: 'odd', schema } }]),
];
