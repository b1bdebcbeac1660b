// What the server says, rendered once; and what a client must end up with.

const WORDS = ['the', 'tide', 'turns', 'at', 'naïve', 'noon', '日本', '—', 'and', 'the', 'harbour', 'fills'];
const DELTAS = 40;
const PER_PACKET = 2;

const pieces = Array.from({ length: DELTAS }, (_, i) => `${WORDS[(i * 7) % WORDS.length]} `);
const USAGE = { prompt_tokens: 20, completion_tokens: DELTAS, total_tokens: DELTAS + 20, cost: 0.0001, cost_details: { upstream_inference_cost: 0.0001 } };
const head = (object) => ({ id: 'gen-1790000000-LoadLoadLoadLoadLoad', provider: 'OpenAI', model: 'acme/atlas', object, created: 1790000000 });
const event = (delta, finish, more) =>
  `data: ${JSON.stringify({ ...head('chat.completion.chunk'), choices: [{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: finish, logprobs: null }], ...more })}\n\n`;

const events = pieces.map((content) => event({ content }, null));
const packets = Array.from({ length: DELTAS / PER_PACKET }, (_, i) => events.slice(i * PER_PACKET, (i + 1) * PER_PACKET).join(''));

/** The text of every answer. */
export const TEXT = pieces.join('');

/** The packets of a stream. */
export const PACKETS = [...packets, `${event({ content: '' }, 'stop', { usage: USAGE })}data: [DONE]\n\n`].map((text) => Buffer.from(text));

/** The body of a whole answer. */
export const BODY = Buffer.from(
  JSON.stringify({ ...head('chat.completion'), choices: [{ index: 0, message: { role: 'assistant', content: TEXT }, finish_reason: 'stop', logprobs: null }], usage: USAGE }),
);
