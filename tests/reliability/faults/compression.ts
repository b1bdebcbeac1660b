import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { http } from '../servers/served.js';
import type { Fault, FaultGroup } from './fault.js';

const compressed = (encoding: string, compress: (bytes: Buffer) => Buffer): Fault => ({
  name: `\`${encoding}\`, whole`,
  serve: (_mode, { type, bytes }) => http((response) => response.writeHead(200, { 'content-type': type, 'content-encoding': encoding }).end(compress(bytes))),
  ends: { json: 'answer', stream: 'answer' },
});

export const compression: FaultGroup = {
  title: 'Compressed answers',
  faults: [
    compressed('gzip', gzipSync),
    compressed('br', brotliCompressSync),
    compressed('deflate', deflateSync),
    compressed('zstd', zstdCompressSync),
    {
      name: '`gzip`, cut short',
      serve: (_mode, { type, half }) => http((response) => {
        const cut = gzipSync(half, { finishFlush: constants.Z_SYNC_FLUSH });
        response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(cut);
      }),
      arrives: { stream: 'half' },
      ends: { json: 'APIError 200 server, retryable', stream: 'StreamError truncated, all kept' },
    },
    {
      name: '`gzip` that is none',
      serve: (_mode, { type, bytes }) => http((response) => response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(bytes)),
      ends: { json: 'NetworkError, retryable', stream: 'NetworkError, retryable' },
    },
  ],
};
