import { http, type Served } from './served.js';

/** A server that sends without end, or up to a number of bytes, and knows how many it got rid of. */
export interface Flood extends Served {
  readonly sent: () => number;
}

const PIECE = Buffer.alloc(64 * 1024, 'x');

/** Sends `first`, and then `piece` again and again, never faster than it is taken; after `most` bytes `last`, and no more. */
export async function flood(status: number, type: string, first: string, piece: string | Buffer = PIECE, most = Infinity, last: Buffer = Buffer.of()): Promise<Flood> {
  let sent = 0;
  const served = await http((response) => {
    const more = (): void => {
      let room = true;
      while (room && sent < most && !response.destroyed) {
        sent += piece.length;
        room = response.write(piece);
      }
      if (sent >= most && !response.writableEnded) response.end(last);
    };
    response.writeHead(status, { 'content-type': type }).write(first);
    response.on('drain', more);
    more();
  });
  return { ...served, sent: () => sent };
}

/** Sends `first`, and then `piece` every few milliseconds, for ever. */
export function trickle(type: string, first: string | Buffer, piece: string): Promise<Served> {
  return http((response) => {
    response.writeHead(200, { 'content-type': type }).write(first);
    const again = setInterval(() => response.write(piece), 5);
    response.on('close', () => clearInterval(again));
  });
}
