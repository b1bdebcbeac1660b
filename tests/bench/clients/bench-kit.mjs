// For the side-by-side benchmark that lives beside the project: its kit drives every client alike. `WAYPOST_BENCH` names the
// folder where that is installed; default: `shared/bench` beside the checkout.
import { pathToFileURL } from 'node:url';

const folder = process.env['WAYPOST_BENCH'];
const base = folder === undefined ? new URL('../../../../shared/bench/', import.meta.url) : pathToFileURL(`${folder}/`);

/** A module of the benchmark's kit. */
export const kit = (name) => import(new URL(`lib/${name}.mjs`, base).href);
