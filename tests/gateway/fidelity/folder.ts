import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real traffic, kept beside the checkout where it is kept at all; it is never copied into the project. */
export const folder: string = fileURLToPath(new URL('../../../../shared/cassettes', import.meta.url));
export const present: boolean = existsSync(folder);
export const pageFile: string = fileURLToPath(new URL('../../../docs/gateway.md', import.meta.url));
