// `npm run bench:window`: what the window costs and how soon it is there. `-- start`, `-- seconds`, `-- live` and `-- soak`
// run a part.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureElectron } from '../../scripts/setup/electron.mjs';
import { live } from './live.mjs';
import { seconds } from './seconds.mjs';
import { soak } from './soak.mjs';
import { start } from './start.mjs';

const parts = { start, seconds, live, soak };

async function main(names) {
  const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY;
  const env = { ...process.env, ...(await ensureElectron({ virtualDisplay: needsDisplay })) };
  if (needsDisplay) {
    const args = ['-a', '-s', '-screen 0 1600x1200x24', process.execPath, import.meta.filename, ...names];
    return spawnSync('xvfb-run', args, { stdio: 'inherit', env }).status ?? 1;
  }
  Object.assign(process.env, env);
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    const dataFolder = mkdtempSync(join(tmpdir(), 'proofload-bench-window-'));
    await parts[name](dataFolder);
    rmSync(dataFolder, { recursive: true });
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
