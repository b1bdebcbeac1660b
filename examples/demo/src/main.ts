/**
 * `npx -y pnpm@12.21.0 run demo`: what Waypost does, through three adapters, against a gateway in this process. `--live` sends one
 * request to the real API instead.
 */
import { createGateway } from '@waypost/testing';
import { createClients } from './clients.js';
import { live } from './live.js';
import { bold, failures, green, print, red } from './print.js';
import { showConflict } from './show-conflict.js';
import { showFailover } from './show-failover.js';
import { showGuardrail } from './show-guardrail.js';
import { showPolicy } from './show-policy.js';
import { showRoute } from './show-route.js';
import { showStream } from './show-stream.js';

async function demo(): Promise<void> {
  print(bold('Waypost: one policy, three adapters, and a local gateway in place of OpenRouter'));
  const clients = createClients(createGateway({ seed: 1 }));
  await showPolicy(clients);
  await showRoute(clients);
  await showFailover(clients);
  await showGuardrail(clients);
  await showConflict(clients);
  await showStream(clients);
  print(`\n${failures() === 0 ? green('All of it held.') : red(`${failures()} of the expectations did not hold.`)} No key, no network, no cost.`);
}

const unknown = process.argv.slice(2).filter((argument) => argument !== '--live' && argument !== '--');
if (unknown.length > 0) {
  print(red(`unknown argument ${unknown.join(' ')}; there is --live, and nothing else`));
  process.exitCode = 2;
} else {
  await (process.argv.includes('--live') ? live() : demo());
  if (failures() > 0) process.exitCode = 1;
}
