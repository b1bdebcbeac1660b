import { trickle } from '../servers/flood.js';
import { http } from '../servers/served.js';
import { type FaultGroup, SHORT } from './fault.js';

const ends = { json: 'the reason of the signal', stream: 'the reason of the signal' };

export const aborts: FaultGroup = {
  title: 'The caller aborts',
  faults: [
    { name: 'before the headers', serve: () => http(() => undefined), abortAfter: SHORT, ends },
    { name: 'after the headers', serve: (_mode, { type }) => http((response) => response.writeHead(200, { 'content-type': type }).flushHeaders()), abortAfter: SHORT, ends },
    {
      name: 'half-way',
      serve: (_mode, { type, half }) => http((response) => response.writeHead(200, { 'content-type': type }).write(half)),
      abortAfter: SHORT * 4,
      arrives: { stream: 'half' },
      ends,
    },
    { name: 'an answer without end', serve: ({ kind }, { type }) => trickle(type, '', kind === 'json' ? ' ' : ': OPENROUTER PROCESSING\n\n'), abortAfter: SHORT, ends },
    { name: 'while an error arrives', serve: () => http((response) => response.writeHead(500, { 'content-type': 'application/json' }).write('{"error":')), abortAfter: SHORT, ends },
  ],
};
