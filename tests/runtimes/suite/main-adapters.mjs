/** The same for the adapters. */
import { checks } from './adapters.mjs';
import { entries } from './adapter-entries.mjs';
import { run } from './run.mjs';

console.log(JSON.stringify(await run(checks, entries, JSON.parse(process.argv[2]))));
