// `npm run bench:ladder`: whether each level, at its full length, ends in a verdict on each engine that the machine has.
// `npm run bench:ladder -- --engines sqlite --levels 2 --times 20` makes twenty of one in a row; `--window` makes the runs
// in the window.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withDisplay } from '../../scripts/setup/withDisplay.mjs';
import { buildWorker } from '../../tests/support/buildWorker.ts';
import { openWindow } from '../window/openWindow.mjs';
import { watchRun } from '../window/watchRun.mjs';

const args = process.argv.slice(2);

async function main() {
  const folder = await buildWorker(resolve(import.meta.dirname, 'ladder.ts'), 'ladder', 'bench-ladder');
  const { ladder } = await import(pathToFileURL(join(folder, 'ladder.js')).href);
  return await ladder(args, { openWindow, watchRun });
}

process.exitCode = await (args.includes('--window') ? withDisplay(main) : main());
