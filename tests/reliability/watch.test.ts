import { expect, it } from 'vitest';
import { http } from './servers/served.js';
import { watch } from './watch.js';

it('sees what a call keeps, and when it gives it back', async () => {
  const { url, close } = await http((response) => response.writeHead(200).write('half'));
  const { controller: { signal }, timer, left } = watch([Number(new URL(url).port)]);
  const stop = timer(60_000, () => undefined);
  const onAbort = (): void => undefined;
  signal.addEventListener('abort', onAbort);
  const response = await fetch(url);
  expect(await left(50)).toEqual(['1 open sockets', '1 timers', '1 listeners on the signal']);
  stop();
  signal.removeEventListener('abort', onAbort);
  await response.body?.cancel();
  expect(await left()).toEqual([]);
  await close();
});

it('lets a connection stay whose answer is over', async () => {
  const { url, close } = await http((response) => response.end('all'));
  const { left } = watch([Number(new URL(url).port)]);
  await (await fetch(url)).text();
  expect(await left()).toEqual([]);
  await close();
});
