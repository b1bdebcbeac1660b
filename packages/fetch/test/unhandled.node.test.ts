import { afterEach, beforeEach, expect, it } from 'vitest';
import { fromSSE } from '../src/from-sse.js';
import { failure, fake, openBody, rejection, REQUEST, text } from './kit.js';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => void process.on('unhandledRejection', note));
afterEach(() => void process.off('unhandledRejection', note));

/** Unhandled rejections are told between two turns of the event loop. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

it('an error that nobody reads is nobody\'s unhandled rejection', async () => {
  const bad = (): Response => failure(400, 'no');

  // only one of three ways in is looked at
  const stream = fake([bad()]).openrouter.stream(REQUEST);
  void stream.final();
  await rejection(stream);

  // final is asked for and forgotten, the reader leaves
  const body = openBody();
  const left = fake([body.response]).openrouter.stream(REQUEST);
  void left.final();
  body.push(text('a'), text('b'));
  for await (const _ of left) break;

  // a body that breaks after its reader has left
  const late = openBody();
  const iterator = fake([late.response]).openrouter.stream(REQUEST)[Symbol.asyncIterator]();
  late.push(text('a'));
  await iterator.next();
  const waiting = iterator.next();
  await iterator.return?.();
  await waiting;

  // never started
  fake([bad()]).openrouter.stream(REQUEST);

  // given to a response that nobody reads
  fake([bad()]).openrouter.stream(REQUEST).toResponse();

  // read at the other end, which asks for the whole and forgets it, leaves, or never begins
  const page = fromSSE(fake([bad()]).openrouter.stream(REQUEST).toResponse());
  void page.final();
  await rejection(page);
  void fromSSE(bad()).final();
  await fromSSE(bad()).cancel();
  fromSSE(bad());

  await turns();
  expect(unhandled).toEqual([]);
});
