import { list, type Loose, object, parse, text } from './loose.js';
import { annotationOf, pictureOf, readable, type Said, type SaidCall, saidDetails, saidUsage, spellArgs } from './said.js';

/** The data of a stream's events, `[DONE]` among them. Every event of these recordings has one data line. */
function dataLines(sse: string): readonly string[] {
  return sse
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trim());
}

export const firstChoice = (chunk: unknown): Loose => object(list(object(chunk)['choices']).find((one) => (object(one)['index'] ?? 0) === 0));

/** Pieces of tool calls put together: an id names a call, an index the latest call at it, and nothing at all the last one. */
function collectCalls(pieces: readonly Loose[]): readonly SaidCall[] {
  const calls: { id: string; index: unknown; name: string; args: string }[] = [];
  for (const piece of pieces) {
    const id = text(piece['id']);
    const index = piece['index'];
    const fn = object(piece['function']);
    let call = id === '' ? calls.findLast((one) => index === undefined || one.index === index) : calls.find((one) => one.id === id);
    if (call === undefined) {
      call = { id, index, name: '', args: '' };
      calls.push(call);
    }
    if (call.name === '') call.name = text(fn['name']);
    call.args += text(fn['arguments']);
  }
  return calls.map(({ id, name, args }) => ({ id, name, args: spellArgs(args) }));
}

/** What the chunks of a stream say, one after another. */
export function saidInChunks(chunks: readonly Loose[]): Said {
  const choices = chunks.map(firstChoice);
  const deltas = choices.map((choice) => object(choice['delta']));
  const join = (field: string): string => deltas.map((delta) => text(delta[field])).join('');
  const gather = (field: string): readonly unknown[] => deltas.flatMap((delta) => list(delta[field]));
  const detailText = (delta: Loose): string => list(delta['reasoning_details']).map(readable).join('');
  return {
    id: text(chunks.find(({ id }) => text(id) !== '')?.['id']),
    model: text(chunks.find(({ model }) => text(model) !== '')?.['model']),
    text: join('content'),
    reasoning: [
      deltas.map((delta) => text(delta['reasoning']) || detailText(delta)).join(''),
      deltas.map((delta) => detailText(delta) || text(delta['reasoning'])).join(''),
      join('reasoning'),
    ],
    refusal: join('refusal'),
    calls: collectCalls(gather('tool_calls').map(object)),
    images: gather('images').map(pictureOf),
    audio: deltas.map((delta) => text(object(delta['audio'])['data'])).join(''),
    annotations: gather('annotations').map(annotationOf),
    details: saidDetails(gather('reasoning_details')),
    usage: saidUsage(chunks.findLast(({ usage }) => usage != null)?.['usage']),
    finish: text(choices.find((choice) => text(choice['finish_reason']) !== '')?.['finish_reason']) || null,
  };
}

/** What a stream gives: its chunks, as far as they are JSON, and how it ends. */
export interface StreamRead {
  readonly chunks: readonly Loose[];
  /** An event that is not JSON, before the last. */
  readonly malformed: boolean;
  readonly done: boolean;
}

export function readStream(sse: string): StreamRead {
  const lines = dataLines(sse);
  const before = lines.includes('[DONE]') ? lines.slice(0, lines.indexOf('[DONE]')) : lines;
  const parsed = before.map(parse);
  const bad = parsed.findIndex((chunk) => typeof chunk !== 'object' || chunk === null);
  return {
    chunks: (bad < 0 ? parsed : parsed.slice(0, bad)).map(object),
    malformed: bad >= 0 && (bad < parsed.length - 1 || before.length < lines.length || /(\n\n|\r\r|\r\n\r\n)$/.test(sse)),
    done: before.length < lines.length,
  };
}
