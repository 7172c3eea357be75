// `npm run bench:history`: a history of 10,000 runs: how long it takes to open, search and filter it, in the store and in the window, and how large it is.
// `npm run bench:history -- 2000` makes fewer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runForeground } from '../../scripts/setup/foreground.mjs';
import { withDisplay } from '../../scripts/setup/withDisplay.mjs';
import { buildWorker } from '../../tests/support/buildWorker.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'proofload-bench-history-'));
try {
  const folder = await buildWorker(resolve(import.meta.dirname, 'history.ts'), 'history', 'bench-history');
  const store = await runForeground(process.execPath, [
    join(folder, 'history.js'),
    dataFolder,
    ...process.argv.slice(2),
  ]);
  const window = [resolve(import.meta.dirname, 'window.mjs'), dataFolder];
  process.exitCode = store || (await withDisplay(() => runForeground(process.execPath, window)));
} finally {
  rmSync(dataFolder, { recursive: true });
}
