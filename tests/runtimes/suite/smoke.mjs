/**
 * What must hold wherever `fetch` runs. Plain JavaScript without any module of a runtime: it is run as it stands, beside the installed
 * packages. A check is a name and a function; scenarios.ts says what the gateway does for it, and what it must have seen.
 */
import { equal, failure } from './run.mjs';

const MODEL = 'acme/atlas';
const CHAIN = [MODEL, 'acme/atlas-mini', 'acme/atlas-mini:extended', 'borealis/aurora', 'cinder/spark'];
const messages = [{ role: 'user', content: 'Which way to the harbour?' }];
const APP = { appUrl: 'https://harbour.example', appTitle: 'Harbour' };

const client = ({ entries, key, baseURL }, options) => entries['@waypost/fetch'].createOpenRouter({ apiKey: key, baseURL, ...APP, ...options });

export const checks = {
  'every public entry has something in it': async ({ entries }) => {
    for (const [name, namespace] of Object.entries(entries)) equal(Object.keys(namespace).length > 0, true, `${name} exports something`);
  },

  'a chat call, and its receipt': async (at) => {
    const { text, finishReason, usage, receipt } = await client(at).chat({ model: MODEL, messages });
    equal(text, at.text, 'the text');
    equal(finishReason, 'stop', 'the finish reason');
    equal(usage.totalTokens, usage.inputTokens + usage.outputTokens, 'the tokens');
    equal(receipt.served.model, MODEL, 'the model that served');
    equal(typeof receipt.served.providerSlug, 'string', 'the provider that served');
    equal(receipt.cost.total > 0, true, 'it cost something');
    equal(receipt.attempts.length, 1, 'the attempts');
    equal(JSON.stringify(receipt).includes(at.key), false, 'the key is in the receipt');
  },

  'a stream, read to its end': async (at) => {
    const stream = client(at).stream({ model: MODEL, messages });
    let text = '';
    for await (const piece of stream.textStream) text += piece;
    const result = await stream.final();
    equal(text, at.text, 'the pieces of text');
    equal(result.text, at.text, 'the whole text');
    equal(result.usage.outputTokens > 0, true, 'there is usage');
    equal(typeof stream.receipt.timing.firstTokenMs, 'number', 'the time of the first token');
  },

  'a stream, passed on as a response': async (at) => {
    const { entries } = at;
    const response = client(at).stream({ model: MODEL, messages }).toResponse();
    equal(response.headers.get('content-type').startsWith('text/event-stream'), true, 'it is an event stream');
    const sent = await response.text();
    equal(sent.trimEnd().endsWith('data: [DONE]'), true, 'it has its end');
    // read again, by a second client
    const again = entries['@waypost/fetch'].createOpenRouter({
      apiKey: at.key, baseURL: at.baseURL, fetch: async () => new Response(sent, { headers: response.headers }),
    });
    equal((await again.stream({ model: MODEL, messages }).final()).text, at.text, 'the text in it');
  },

  'a page reads a stream, sent on or from the network': async (at) => {
    const { fromSSE } = at.entries['@waypost/fetch/from-sse'];
    const sentOn = fromSSE(client(at).stream({ model: MODEL, messages }).toResponse());
    let text = '';
    for await (const piece of sentOn.textStream) text += piece;
    equal(text, at.text, 'the pieces of text');
    equal([sentOn.receipt.served.model, typeof sentOn.receipt.cost.total, sentOn.receipt.attempts], [MODEL, 'number', undefined], 'the receipt');
    const response = await fetch(`${at.baseURL}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${at.key}`, 'content-type': 'application/json', ...(globalThis.document === undefined && { 'x-openrouter-metadata': 'enabled' }) },
      body: JSON.stringify({ model: MODEL, messages, stream: true }),
    });
    const { text: whole, usage, receipt } = await fromSSE(response).final();
    equal([whole, usage.outputTokens > 0, receipt], [at.text, true, undefined], 'what came over the network');
    const gone = await failure(async () => fromSSE(await fetch(at.baseURL.replace('/api/v1', '/elsewhere'))).final());
    equal([gone.name, gone.status], ['APIError', 404], 'an answer that is no stream');
  },

  'leaving a loop closes the connection': async (at) => {
    const { StreamError } = at.entries['@waypost/fetch'];
    const stream = client(at).stream({ model: MODEL, messages });
    for await (const piece of stream.textStream) {
      equal(at.text.startsWith(piece), true, 'the first piece');
      break;
    }
    const error = await failure(() => stream.final());
    equal(StreamError.isInstance(error), true, `${error} is a StreamError`);
    equal(at.text.startsWith(error.partial.choices[0].message.content), true, 'what had arrived');
  },

  'an abort closes the connection': async (at) => {
    const controller = new AbortController();
    const reason = new Error('left the page');
    const stream = client(at).stream({ model: MODEL, messages }, { signal: controller.signal });
    const pieces = stream.textStream[Symbol.asyncIterator]();
    await pieces.next();
    controller.abort(reason);
    const error = await failure(async () => {
      // what had arrived may be handed out before
      for (;;) if ((await pieces.next()).done) return 'an end';
    });
    equal(error === reason, true, `${error} is the reason of the abort`);
  },

  'errors are told by their class': async (at) => {
    const { APIError, NetworkError, NoRouteError, OpenRouterError } = at.entries['@waypost/fetch'];
    const openrouter = client(at);
    const unknown = await failure(() => openrouter.chat({ model: 'acme/nothing', messages }));
    equal([OpenRouterError, APIError, NetworkError].map((type) => type.isInstance(unknown)), [true, true, false], `the classes of ${unknown}`);
    equal(unknown.status, 400, 'its status');
    equal(at.entries['@waypost/core'].APIError.isInstance(unknown), true, 'it is one for core too');
    const noRoute = await failure(() => openrouter.chat({ model: MODEL, messages, provider: { only: ['groq'] } }));
    equal(NoRouteError.isInstance(noRoute), true, `${noRoute} is a NoRouteError`);
    const broken = await failure(() => client(at, { baseURL: at.baseURL.replace('/api/v1', '/elsewhere') }).stream({ model: MODEL, messages }).final());
    equal([APIError.isInstance(broken), broken.status], [true, 404], 'another path');
    for (const { message, stack } of [unknown, noRoute, broken]) equal(`${message}${stack}`.includes(at.key), false, 'the key is in an error');
  },

  'a connection that breaks is a network error': async (at) => {
    const { NetworkError } = at.entries['@waypost/fetch'];
    const error = await failure(() => client(at, { retry: false }).chat({ model: MODEL, messages }));
    equal(NetworkError.isInstance(error), true, `${error} is a NetworkError`);
  },

  'a policy refuses before anything is sent': async (at) => {
    const { InvalidOptionsError, PolicyConflictError } = at.entries['@waypost/fetch'];
    const openrouter = client(at, { provider: { only: ['azure'] } });
    const conflict = await failure(() => openrouter.chat({ model: MODEL, messages, provider: { only: ['deepinfra'] } }));
    equal(PolicyConflictError.isInstance(conflict), true, `${conflict} is a PolicyConflictError`);
    const invalid = await failure(() => openrouter.chat({ model: MODEL, messages, provider: { data_collection: 'denyy' } }));
    equal(InvalidOptionsError.isInstance(invalid), true, `${invalid} is an InvalidOptionsError`);
  },

  'a long chain fails over': async (at) => {
    const [model, ...models] = CHAIN;
    const { receipt } = await client(at, { retry: false }).chat({ model, models, messages });
    equal(receipt.served.model, CHAIN.at(-1), 'the model that served');
    equal(receipt.attempts.map(({ outcome }) => outcome), ['error', 'ok'], 'the attempts');
    equal(receipt.fallbackUsed, true, 'a fallback was used');
  },

  'a retry waits as long as the server says': async (at) => {
    const began = performance.now();
    const { text, receipt } = await client(at, { retry: { maxRetries: 1, baseDelayMs: 10_000 } }).chat({ model: MODEL, messages });
    const took = performance.now() - began;
    equal(text, at.text, 'the text');
    equal(receipt.attempts.map(({ reason }) => reason ?? 'none'), ['rate-limit', 'none'], 'the attempts');
    // clocks of some runtimes are coarse
    equal(took > 45 && took < 5000, true, `it waited (${took} ms)`);
  },

  'vectors of texts': async (at) => {
    const { embeddings, receipt } = await client(at).embed({ model: 'dune/vector', input: ['a harbour', 'a lighthouse'] });
    equal(embeddings.map((vector) => vector.length > 0 && vector.every(Number.isFinite)), [true, true], 'two vectors');
    equal(receipt.served.model, 'dune/vector', 'the model that served');
  },

  'lookups': async (at) => {
    const openrouter = client(at);
    equal((await openrouter.models.endpoints(MODEL)).endpoints.length > 0, true, 'there are endpoints');
    equal((await openrouter.providers()).length > 0, true, 'there are providers');
    equal(typeof (await openrouter.key()).usage, 'number', 'what the key has spent');
  },
};
