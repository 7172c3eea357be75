// `npm run bench:ladder`: whether each level, at its full length, ends in a verdict on each engine that the machine has.
// `npm run bench:ladder -- --engines sqlite --levels 2 --times 20` makes twenty of one in a row.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWorker } from '../../tests/support/buildWorker.ts';

const folder = await buildWorker(resolve(import.meta.dirname, 'ladder.ts'), 'ladder', 'bench-ladder');
const { ladder } = await import(pathToFileURL(join(folder, 'ladder.js')).href);
process.exitCode = await ladder(process.argv.slice(2));
