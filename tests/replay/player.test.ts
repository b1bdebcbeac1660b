import { exchangesFolder, readExchange } from '@waypost-tests/fixtures';
import { describe, expect, it } from 'vitest';
import { replay, type Split } from './player.js';

const exchange = readExchange(exchangesFolder, 'chat-sse', 'packets-split-lines.json');

async function packetsOf(split: Split): Promise<readonly Uint8Array[]> {
  const packets: Uint8Array[] = [];
  const { body } = await replay(exchange, split)('https://example.com');
  if (body !== null) for await (const packet of body) packets.push(packet);
  return packets;
}

const sizes = (packets: readonly Uint8Array[]): readonly number[] => packets.map(({ length }) => length);

describe('the player', () => {
  it('sends the packets as they were recorded', async () => {
    const packets = await packetsOf('recorded');
    expect(sizes(packets)).toEqual(exchange.response.chunkBytes);
    expect(Buffer.concat(packets).toString()).toBe(exchange.response.sse);
  });

  it('cuts the same bytes elsewhere, the same way for the same seed', async () => {
    const [one, again, other] = [await packetsOf(1), await packetsOf(1), await packetsOf(2)];
    expect(sizes(one)).toEqual(sizes(again));
    expect(sizes(one)).not.toEqual(sizes(other));
    for (const packets of [one, other]) expect(Buffer.concat(packets).toString()).toBe(exchange.response.sse);
  });

  it('breaks the connection where the recording did', async () => {
    const broken = readExchange(exchangesFolder, 'errors', 'stream-reset-midway.json');
    const response = await replay(broken)('https://example.com');
    await expect(response.text()).rejects.toThrow('terminated');
  });
});
