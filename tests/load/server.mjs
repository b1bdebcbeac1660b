// A server in a process of its own: started by `fork`, it tells its port, and ends when its parent does.
// `stream: true` is answered with a stream, else JSON. A model called `held/<n>` keeps its streams open until there are n, and then
// serves them all in step, a packet each at a time, so that all are in the middle of their answer at once.
import { createServer } from 'node:http';
import { BODY, PACKETS } from './reply.mjs';

const STEP_MS = 20;
const held = [];
let open = 0;
let peak = 0;

function serveInStep(responses) {
  let next = 0;
  const timer = setInterval(() => {
    for (const response of responses) response.write(PACKETS[next]);
    next += 1;
    if (next < PACKETS.length) return;
    clearInterval(timer);
    for (const response of responses) response.end();
  }, STEP_MS);
}

function stream(response, model) {
  open += 1;
  peak = Math.max(peak, open);
  response.on('close', () => (open -= 1));
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const wanted = /^held\/(\d+)$/.exec(model)?.[1];
  if (wanted === undefined) {
    for (const packet of PACKETS) response.write(packet);
    response.end();
    return;
  }
  response.write(': OPENROUTER PROCESSING\n\n');
  held.push(response);
  if (held.length >= Number(wanted)) serveInStep(held.splice(0));
}

const server = createServer((request, response) => {
  if (request.url === '/peak') {
    response.end(String(peak));
    peak = open;
    return;
  }
  const bytes = [];
  request.on('data', (packet) => bytes.push(packet));
  request.on('end', () => {
    const { model, stream: streamed } = JSON.parse(Buffer.concat(bytes).toString());
    if (streamed) stream(response, model);
    else response.writeHead(200, { 'content-type': 'application/json', 'content-length': BODY.length }).end(BODY);
  });
});

// A connection that is closed for idleness just as the client uses it again would be a failure that says nothing of the client.
server.keepAliveTimeout = 0;
process.on('disconnect', () => process.exit());
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => process.send(server.address().port));
