/** For a browser: a page calls this. */
import { entries } from './entries.mjs';
import { run } from './run.mjs';
import { checks } from './smoke.mjs';

export const runAll = (config) => run(checks, entries, config);
