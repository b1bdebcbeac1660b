import { writeFile } from 'node:fs/promises';
import { buildPage } from './build-page.ts';

await writeFile(new URL('../src/page/page.generated.ts', import.meta.url), await buildPage());
