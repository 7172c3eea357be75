// `npm run bench:window`: what the window costs and how soon it is there. `-- start`, `-- seconds`, `-- live` and `-- soak`
// run a part.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDisplay } from '../../scripts/setup/withDisplay.mjs';
import { live } from './live.mjs';
import { seconds } from './seconds.mjs';
import { soak } from './soak.mjs';
import { start } from './start.mjs';

const parts = { start, seconds, live, soak };

async function main(names) {
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    const dataFolder = mkdtempSync(join(tmpdir(), 'proofload-bench-window-'));
    await parts[name](dataFolder);
    rmSync(dataFolder, { recursive: true });
  }
  return 0;
}

const names = process.argv.slice(2);
process.exitCode = await withDisplay(() => main(names));
