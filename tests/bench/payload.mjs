// Streams as a server sends them, rendered once: 2,000 deltas cut into packets of 8 KB, in the middle of events and characters.

const WORDS = ['the', 'route', 'of', 'a', 'token', 'is', 'naïve', 'until', 'it', 'meets', '日本', 'packets', '—', 'and', 'splits'];
const PACKET = 8192;
const DELTAS = 2000;

const word = (i) => ` ${WORDS[(i * 7 + (i >> 3)) % WORDS.length]}`;

/** Fragments of one JSON document, as tool arguments arrive. */
function fragments(count) {
  const document = JSON.stringify({ path: 'notes.md', content: Array.from({ length: count }, (_, i) => WORDS[i % 6]).join(' ') });
  const at = (i) => Math.floor((i * document.length) / count);
  return Array.from({ length: count }, (_, i) => document.slice(at(i), at(i + 1)));
}

const DELTAS_OF = {
  text: () => Array.from({ length: DELTAS }, (_, i) => ({ content: word(i) })),
  tool: () => [
    { content: null, tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'write', arguments: '' } }] },
    ...fragments(DELTAS).map((piece) => ({ content: null, tool_calls: [{ index: 0, type: 'function', function: { arguments: piece } }] })),
  ],
  reasoning: () =>
    Array.from({ length: DELTAS }, (_, i) =>
      i < DELTAS / 2
        ? { content: '', reasoning: word(i), reasoning_details: [{ type: 'reasoning.text', text: word(i), format: 'anthropic-claude-v1', index: 0 }] }
        : { content: word(i) },
    ),
};

const FRAME = { id: 'gen-1790000000-BenchBenchBenchBench', provider: 'OpenAI', model: 'acme/atlas', object: 'chat.completion.chunk', created: 1790000000 };
const USAGE = { prompt_tokens: 200, completion_tokens: DELTAS, total_tokens: DELTAS + 200, cost: 0.001, cost_details: { upstream_inference_cost: 0.001 } };

const event = (value) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (delta, finish, more) =>
  event({ ...FRAME, choices: [{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: finish, native_finish_reason: finish, logprobs: null }], ...more });

/** The packets of one stream, and what a reader must end up with. */
export function stream(kind) {
  const deltas = DELTAS_OF[kind]();
  const finish = kind === 'tool' ? 'tool_calls' : 'stop';
  const text =
    ': OPENROUTER PROCESSING\n\n' + deltas.map((delta) => chunk(delta, null)).join('') + chunk({ content: '' }, finish) +
    chunk({ content: '' }, finish, { usage: USAGE }) + 'data: [DONE]\n\n';
  const bytes = new TextEncoder().encode(text);
  const packets = [];
  for (let from = 0; from < bytes.length; from += PACKET) packets.push(bytes.subarray(from, from + PACKET));
  const join = (pick) => deltas.map(pick).join('');
  return {
    packets,
    expected: {
      text: join((delta) => delta.content ?? ''),
      reasoning: join((delta) => delta.reasoning ?? ''),
      toolArguments: join((delta) => delta.tool_calls?.[0]?.function.arguments ?? ''),
    },
  };
}

/** A `fetch` that answers with these packets, one per pull. */
export function fetchOf(packets) {
  return async () => {
    let next = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (next < packets.length) controller.enqueue(packets[next++]);
        else controller.close();
      },
    });
    return new Response(body, { status: 200, headers: { 'content-type': 'text/event-stream' } });
  };
}
