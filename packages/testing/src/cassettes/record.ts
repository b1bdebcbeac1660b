import { promises } from 'node:fs';
import { join } from 'node:path';
import { listen } from '../listen.js';
import type { ListenOn, LocalServer } from '../options.js';
import { type Cassette, type RecordedAnswer, type RecordedCall, requestBody } from './cassette.js';
import { scrubAnswered, scrubAsked, scrubText, secretsIn } from './scrub.js';
import { tape, tapedBody } from './tape.js';

/** What a recorder takes. */
export interface RecordOptions {
  /** Base URL of the real API, such as `https://openrouter.ai/api/v1`. */
  readonly target: string;
  /** Where the files go; made where it is not there. Files that are there stay, and new ones are numbered behind them: to record anew, empty it. */
  readonly dir: string;
  /** What sends. Default: the platform's. */
  readonly fetch?: typeof fetch;
  /** Texts of six characters or more that no file may hold, besides keys, cookies and account ids, which none does anyway. */
  readonly secrets?: readonly string[];
  /** Milliseconds since the epoch. Default: the platform's clock. */
  readonly now?: () => number;
}

/** Stands between a client and the real API, and writes down what goes by. */
export interface Recorder {
  /** Give it to a client as its `fetch`, with the base URL `http://recorder.local/api/v1` (any host will do). */
  fetch(this: void, input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** Listens on the loopback interface; port 0, the default, takes a free one. */
  listen(this: void, port?: ListenOn): Promise<LocalServer>;
  /**
   * Waits until every answer that has begun to come has been read to its end or left, and is written. Gives the files, in the order of the
   * requests. Rejects where one could not be written.
   */
  files(this: void): Promise<readonly string[]>;
}

const BASE = /^\/api\/v1(?=\/|$)/;

/** Headers of the connection, which are the platform's own. */
const HOP = ['host', 'connection', 'content-length', 'accept-encoding', 'transfer-encoding', 'keep-alive', 'upgrade'];

/** The name tells what was asked, in the order in which it was. */
function nameOf(number: number, { path }: RecordedCall, model: string | null): string {
  const words = `${path.replace(BASE, '')} ${model ?? ''}`.toLowerCase().replace(/[^a-z\d]+/g, '-').replace(/^-|-$/g, '');
  return `${String(number).padStart(4, '0')}-${words.slice(0, 80)}.json`;
}

/** The highest number that a file in the folder begins with. */
async function lastIn(dir: string): Promise<number> {
  const names = await promises.readdir(dir);
  return Math.max(0, ...names.map((name) => Number(/^(\d+)-.*\.json$/.exec(name)?.[1] ?? 0)));
}

/**
 * Makes a recorder. Each exchange becomes one JSON file, with the lengths and the times of its packets; keys, cookies, account
 * ids and whoever asked are left out or masked. Prompts and answers are what a recording is for: they are kept. A request that gets no
 * answer at all fails as it does without a recorder, and leaves no file.
 *
 * @throws {RangeError} for a target that is no URL.
 * @example
 * const recorder = record({ target: 'https://openrouter.ai/api/v1', dir: 'cassettes' });
 * const openrouter = createOpenRouter({ fetch: recorder.fetch, baseURL: 'http://recorder.local/api/v1' });
 * await openrouter.chat(request);
 * await recorder.files(); // → ['cassettes/0001-chat-completions-openai-gpt-5-1.json']
 */
export function record({ target, dir, fetch: send = (input, init) => globalThis.fetch(input, init), secrets = [], now = Date.now }: RecordOptions): Recorder {
  if (!URL.canParse(target)) throw new RangeError(`target: ${JSON.stringify(target)} is not a URL`);
  const base = target.replace(/\/+$/, '');
  const writing: Promise<string>[] = [];
  let count = 0;

  let before: Promise<number> | undefined;

  async function write(number: number, cassette: Cassette): Promise<string> {
    await promises.mkdir(dir, { recursive: true });
    for (;;) {
      const file = join(dir, nameOf(number + (await (before ??= lastIn(dir))), cassette.request, cassette.model ?? null));
      try {
        // nobody's recording is written over: not an older one, nor that of another recorder
        await promises.writeFile(file, `${JSON.stringify(cassette, null, 2)}\n`, { flag: 'wx' });
        return file;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
        before = lastIn(dir);
      }
    }
  }

  async function exchange(request: Request): Promise<Response> {
    count += 1;
    const number = count;
    const startedAt = now();
    const url = new URL(request.url);
    const own = [...secretsIn(request.headers), ...secrets];
    const bytes = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const isForm = request.headers.get('content-type')?.startsWith('multipart/') === true;
    const body = bytes === undefined || isForm ? null : requestBody(bytes, (text) => scrubText(text, own));
    const headers = new Headers(request.headers);
    HOP.forEach((name) => headers.delete(name));
    const response = await send(base + url.pathname.replace(BASE, '') + url.search, {
      method: request.method, headers, signal: request.signal, redirect: 'manual', ...(bytes && { body: bytes }),
    });
    const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [name, scrubText(value, own)]));
    const asked: RecordedCall = { method: request.method, path: scrubText(url.pathname, own), ...(url.search !== '' && { query }), headers: scrubAsked(request.headers, own), body };
    let written: (file: Promise<string>) => void = () => {};
    writing.push(new Promise((resolve) => { written = resolve; }));
    const model = typeof body === 'object' && body !== null && 'model' in body && typeof body.model === 'string' ? body.model : null;
    const finish = (rest: Omit<RecordedAnswer, 'status' | 'headers'>): void => {
      const answered: RecordedAnswer = { status: response.status, headers: scrubAnswered(response.headers, own), ...rest };
      const writes = write(number, { recordedAt: new Date(startedAt).toISOString(), model, request: asked, response: answered });
      // whoever asks for the files sees it; nobody has to
      writes.catch(() => {});
      written(writes);
    };
    // the platform has undone them
    const passed = new Headers(response.headers);
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) passed.delete(name);
    const type = response.headers.get('content-type') ?? '';
    if (response.body === null) finish({});
    const taped = response.body && tape(response.body, () => now() - startedAt, (went) => finish(tapedBody(went, type, own)));
    return new Response(taped, { status: response.status, headers: passed });
  }

  return {
    fetch: (input, init) => exchange(new Request(input, init)),
    listen: (port) => listen(exchange, port),
    files: () => Promise.all(writing),
  };
}
