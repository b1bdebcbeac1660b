import { afterEach, beforeEach, expect, it } from 'vitest';
import { streamRespond } from '../../src/responses/index.js';
import { failure, fake, openBody, rejection, sse } from '../kit.js';
import { CREATED, delta, REQUEST } from './kit.js';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => void process.on('unhandledRejection', note));
afterEach(() => void process.off('unhandledRejection', note));

it('an error that nobody reads is nobody\'s unhandled rejection', async () => {
  const bad = (): Response => failure(400, 'no');
  const stream = streamRespond(fake([bad()]).openrouter, REQUEST);
  void stream.final();
  await rejection(stream);

  const body = openBody();
  const left = streamRespond(fake([body.response]).openrouter, REQUEST);
  void left.final();
  body.push(CREATED, delta('a'), delta('b'));
  for await (const _ of left) break;

  const broken = streamRespond(fake([sse(CREATED, delta('a'), { type: 'error', code: 'server_error', message: 'Gone' })]).openrouter, REQUEST);
  void broken.final();
  await rejection((async () => {
    for await (const _ of broken);
  })());

  // never started, not a client, and given to a response that nobody reads
  streamRespond(fake([bad()]).openrouter, REQUEST);
  void streamRespond({ ...fake([bad()]).openrouter }, REQUEST).final();
  streamRespond(fake([bad()]).openrouter, REQUEST).toResponse();

  // unhandled rejections are told between two turns of the event loop
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
});
