/**
 * `npx -y pnpm@12.21.0 run demo`: what Waypost does, through three adapters, against a gateway in this process. `--live` sends one
 * request to the real API instead; `--page` keeps the gateway open, so that its page can be looked at.
 */
import { createGateway } from '@waypost/testing';
import { createClients } from './clients.js';
import { live } from './live.js';
import { bold, cyan, dim, failures, green, print, red } from './print.js';
import { showConflict } from './show-conflict.js';
import { showFailover } from './show-failover.js';
import { showGuardrail } from './show-guardrail.js';
import { showPolicy } from './show-policy.js';
import { showRoute } from './show-route.js';
import { showStream } from './show-stream.js';

async function demo(keep: boolean): Promise<void> {
  print(bold('Waypost: one policy, three adapters, and a local gateway in place of OpenRouter'));
  const gateway = createGateway({ seed: 1, ...(keep ? { now: Date.now } : {}) });
  if (keep) print(`Every request, as the gateway sees it: ${cyan((await gateway.listen()).page)}`);
  const clients = createClients(gateway);
  await showPolicy(clients);
  await showRoute(clients);
  await showFailover(clients);
  await showGuardrail(clients);
  await showConflict(clients);
  await showStream(clients);
  print(`\n${failures() === 0 ? green('All of it held.') : red(`${failures()} of the expectations did not hold.`)} No key, no network, no cost.`);
  print(dim(keep ? 'The page is open until Ctrl+C.' : 'With `run demo --page` every request can be looked at on the gateway’s own page.'));
}

const given = process.argv.slice(2).filter((argument) => argument !== '--');
const unknown = given.filter((argument) => argument !== '--live' && argument !== '--page');
if (unknown.length > 0 || given.length > 1) {
  print(red(unknown.length > 0 ? `unknown argument ${unknown.join(' ')}; there are --live and --page` : '--live has no page: give one of the two'));
  process.exitCode = 2;
} else {
  await (given.includes('--live') ? live() : demo(given.includes('--page')));
  if (failures() > 0) process.exitCode = 1;
}
