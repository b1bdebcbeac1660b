/** `pnpm start [--live]` reports a night, and says who was asked in vain. */
import { OpenRouterError } from '@waypost/fetch';
import { createGateway, fail, hang, reply } from '@waypost/testing';
import { localGateway, realApi } from './connection.js';
import { SIGHTINGS } from './sightings.js';
import { watch } from './watch.js';

const gateway = createGateway({
  scenario: {
    reply: reply.text('Fog came and went. The Kestrel made port with a smoking engine. The north buoy was dark for an hour and a half.'),
    models: { 'borealis/aurora': fail(503), 'acme/atlas': fail(529), 'cinder/spark': hang() },
  },
});

try {
  const { text, receipt } = await watch(SIGHTINGS, console.log, process.argv.includes('--live') ? realApi : localGateway(gateway));
  console.log(`\n${text}\n\n${receipt?.served?.model} served it by ${receipt?.served?.provider} for $${receipt?.cost.total}, after ${receipt?.attempts?.length} requests`);
} catch (error) {
  if (!OpenRouterError.isInstance(error)) throw error;
  console.error(`Nobody reports: ${error.message}`);
  process.exitCode = 1;
}
