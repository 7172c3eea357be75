// `npm run bench:history`: a history of 10,000 runs: how long it takes to open, search and filter it, in the store and in the window, how large it is, and how long the window's main process stands still for what is asked of it.
// `npm run bench:history -- 2000` makes fewer, `-- store`, `-- window` and `-- blocking` run a part.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runForeground } from '../../scripts/setup/foreground.mjs';
import { withDisplay } from '../../scripts/setup/withDisplay.mjs';
import { buildWorker } from '../../tests/support/buildWorker.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'proofload-bench-history-'));
/** Runs a program of this folder, and resolves with its exit code. */
async function program(name, ...args) {
  const folder = await buildWorker(resolve(import.meta.dirname, `${name}.ts`), name, `bench-history-${name}`);
  return runForeground(process.execPath, [join(folder, `${name}.js`), dataFolder, ...args]);
}

/** The last one changes the history. */
const parts = {
  store: () => program('store'),
  window: () =>
    withDisplay(() => runForeground(process.execPath, [resolve(import.meta.dirname, 'window.mjs'), dataFolder])),
  blocking: () => program('blocking', resolve(import.meta.dirname, '../..')),
};

const named = process.argv.slice(2).filter((argument) => argument in parts);
const count = process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? '10000';
try {
  process.exitCode = await program('fill', count);
  for (const [name, run] of Object.entries(parts))
    if (named.length === 0 || named.includes(name)) process.exitCode ||= await run();
} finally {
  rmSync(dataFolder, { recursive: true });
}
