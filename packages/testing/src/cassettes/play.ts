import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorBody } from '../serve/error-body.js';
import { listen } from '../listen.js';
import type { ListenOn, LocalServer } from '../options.js';
import { bytesOf, type Cassette, parseCassette, type RecordedAnswer, type RecordedCall, requestBody } from './cassette.js';
import { masked, type Match, mismatches, nearness } from './match.js';
import { secretsIn } from './scrub.js';

/** What a player takes: a folder, or recordings. */
export interface PlayOptions {
  /** Every `.json` file in it and below it is a recording. */
  readonly dir?: string;
  readonly cassettes?: readonly Cassette[];
  /** Default `strict`. */
  readonly match?: Match;
  /** Those of the recorder: they are masked in requests too, before these are compared. Keys and account ids are anyway. */
  readonly secrets?: readonly string[];
  /** `recorded`: packets come as far apart as they did. Default `none`: as fast as they are taken. */
  readonly timing?: 'none' | 'recorded';
  /** Milliseconds to wait; for tests. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** A request for which there was no recording. */
export interface Miss {
  readonly method: string;
  readonly path: string;
  /** The recording that comes nearest, if any. */
  readonly nearest?: string;
  /** Where the request differs from that one; paths, not values. */
  readonly differences: readonly string[];
}

/** Answers from recordings. */
export interface Player {
  /**
   * Give it to a client as its `fetch`, with the base URL `http://player.local/api/v1` (any host will do). A request without a recording
   * gets a 501 that says which recording came nearest and where it differs.
   */
  fetch(this: void, input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** Listens on the loopback interface; port 0, the default, takes a free one. */
  listen(this: void, port?: ListenOn): Promise<LocalServer>;
  /** Names of the recordings that were played, in turn. The list is live. */
  readonly played: readonly string[];
  /** Requests for which there was none. The list is live. */
  readonly misses: readonly Miss[];
}

interface Loaded {
  readonly name: string;
  readonly cassette: Cassette;
  /** As it is compared. */
  readonly compared: Cassette;
  plays: number;
}

/** Headers that speak of the transfer, not of what is transferred. */
const TRANSFER = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'connection']);

const loadedAs = (name: string, cassette: Cassette): Loaded => ({ name, cassette, compared: { ...cassette, request: masked(cassette.request) }, plays: 0 });

function load(dir: string): Loaded[] {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).sort();
  return names.map((name) => loadedAs(name, parseCassette(readFileSync(join(dir, name), 'utf8'), name)));
}

async function asked(request: Request): Promise<RecordedCall> {
  const { pathname, search, searchParams } = new URL(request.url);
  const isForm = request.headers.get('content-type')?.startsWith('multipart/') === true;
  const body = isForm || request.body === null ? null : requestBody(new Uint8Array(await request.arrayBuffer()), (text) => text);
  return { method: request.method, path: pathname, ...(search !== '' && { query: Object.fromEntries(searchParams) }), body };
}

function bodyOf(answer: RecordedAnswer, signal: AbortSignal, wait: ((ms: number) => Promise<void>) | undefined): ReadableStream<Uint8Array> {
  const bytes = bytesOf(answer);
  const { chunkBytes, chunkMs = [], ending } = answer;
  const sizes = chunkBytes ?? [bytes.length];
  let packet = 0;
  let at = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (signal.aborted) {
        controller.error(signal.reason);
        return;
      }
      if (at >= bytes.length) {
        if (ending === undefined) controller.close();
        else controller.error(new TypeError('terminated'));
        return;
      }
      const due = (chunkMs[packet] ?? 0) - (chunkMs[packet - 1] ?? 0);
      if (wait && due > 0) await wait(due);
      const size = Math.max(1, sizes[packet] ?? bytes.length);
      controller.enqueue(bytes.slice(at, at + size));
      packet += 1;
      at += size;
    },
  }, { highWaterMark: 0 });
}

function answerOf({ response }: Cassette, signal: AbortSignal, wait: ((ms: number) => Promise<void>) | undefined): Response {
  const headers = new Headers(Object.entries(response.headers).filter(([name]) => !TRANSFER.has(name.toLowerCase())));
  if (!headers.has('content-type')) headers.set('content-type', response.sse === undefined ? 'application/json' : 'text/event-stream');
  const empty = [101, 204, 205, 304].includes(response.status);
  return new Response(empty ? null : bodyOf(response, signal, wait), { status: response.status, headers });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/**
 * Makes a player. Recordings that match equally are played in the order of their names, each once; then the last of them again and again.
 *
 * @throws {RangeError} naming a file that is no recording, and where there is nothing to play.
 * @example
 * const player = play({ dir: 'cassettes' });
 * const openrouter = createOpenRouter({ fetch: player.fetch, baseURL: 'http://player.local/api/v1' });
 */
export function play({ dir, cassettes = [], match = 'strict', secrets = [], timing = 'none', sleep = pause }: PlayOptions): Player {
  const loaded = [...(dir === undefined ? [] : load(dir)), ...cassettes.map((cassette, i) => loadedAs(`cassettes[${i}]`, cassette))];
  if (loaded.length === 0) throw new RangeError('there is no recording to play: give a dir that has some, or cassettes');
  const played: string[] = [];
  const misses: Miss[] = [];

  /** As they are, or as they are masked; a function of the caller's own compares the former. */
  const differing = ({ cassette, compared }: Loaded, given: RecordedCall, call: RecordedCall): string[] =>
    typeof match === 'function' || mismatches(given, cassette, match).length === 0 ? mismatches(given, cassette, match) : mismatches(call, compared, match);

  function choose(given: RecordedCall, call: RecordedCall): Loaded | undefined {
    const fitting = loaded.filter((one) => differing(one, given, call).length === 0);
    if (match !== 'fuzzy') return nextOf(fitting);
    const scores = fitting.map(({ compared }) => nearness(call, compared));
    const best = Math.max(...scores);
    return nextOf(fitting.filter((_, i) => scores[i] === best));
  }

  function miss(given: RecordedCall, call: RecordedCall): Response {
    const scores = loaded.map(({ compared }) => nearness(call, compared));
    const nearest = loaded[scores.indexOf(Math.max(...scores))];
    const where = nearest === undefined ? [] : differing(nearest, given, call);
    misses.push({ method: call.method, path: call.path, ...(nearest && { nearest: nearest.name }), differences: where });
    const hint = nearest === undefined ? '' : `; the nearest, ${nearest.name}, differs at ${where.join(', ')}`;
    return Response.json(errorBody(501, `No recording matches ${call.method} ${call.path}${hint}`), { status: 501 });
  }

  async function answer(request: Request): Promise<Response> {
    const given = await asked(request);
    const call = masked(given, [...secretsIn(request.headers), ...secrets]);
    request.signal.throwIfAborted();
    const found = choose(given, call);
    if (found === undefined) return miss(given, call);
    found.plays += 1;
    played.push(found.name);
    return answerOf(found.cassette, request.signal, timing === 'recorded' ? sleep : undefined);
  }

  return {
    fetch: (input, init) => answer(new Request(input, init)),
    listen: (port) => listen(answer, port),
    played,
    misses,
  };
}

/** The first that was not played yet, else the last. */
function nextOf(fitting: readonly Loaded[]): Loaded | undefined {
  return fitting.find(({ plays }) => plays === 0) ?? fitting.at(-1);
}
