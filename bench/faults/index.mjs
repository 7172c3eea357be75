// `npm run bench:faults`: faults under each kind of work, what happened and what was kept. `-- --help` says what can be chosen.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWorker } from '../../tests/support/buildWorker.ts';

const folder = await buildWorker(resolve(import.meta.dirname, 'faults.ts'), 'faults', 'bench-faults');
const { faults } = await import(pathToFileURL(join(folder, 'faults.js')).href);
process.exitCode = await faults(process.argv.slice(2));
