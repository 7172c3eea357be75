// `npm run bench:history`: a history of 10,000 runs: how long it takes to open, search and filter it, in the store and in the window, and how large it is.
// `npm run bench:history -- 2000` makes fewer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureElectron } from '../../scripts/setup/electron.mjs';
import { runForeground } from '../../scripts/setup/foreground.mjs';
import { buildWorker } from '../../tests/support/buildWorker.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'proofload-bench-history-'));
const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY;
try {
  const env = await ensureElectron({ virtualDisplay: needsDisplay });
  const folder = await buildWorker(resolve(import.meta.dirname, 'history.ts'), 'history', 'bench-history');
  const store = await runForeground(process.execPath, [
    join(folder, 'history.js'),
    dataFolder,
    ...process.argv.slice(2),
  ]);
  const window = [process.execPath, resolve(import.meta.dirname, 'window.mjs'), dataFolder];
  const display = needsDisplay ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24'] : [];
  const [command, ...args] = [...display, ...window];
  process.exitCode = store || (await runForeground(command, args, env));
} finally {
  rmSync(dataFolder, { recursive: true });
}
