/** For runtimes with a command line: `main.mjs <config as JSON>` prints the results as JSON, and ends by itself. */
import { entries } from './entries.mjs';
import { run } from './run.mjs';
import { checks } from './smoke.mjs';

console.log(JSON.stringify(await run(checks, entries, JSON.parse(process.argv[2]))));
