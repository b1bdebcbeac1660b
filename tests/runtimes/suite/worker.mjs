/** For workerd: a worker that runs the suite, with the config as the body of the request. */
import { entries } from './entries.mjs';
import { run } from './run.mjs';
import { checks } from './smoke.mjs';

export default {
  fetch: async (request) => Response.json(await run(checks, entries, await request.json())),
};
