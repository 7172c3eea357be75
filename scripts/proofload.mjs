// `npm run proofload -- ...`: the command line, built first if stale.
import { join } from 'node:path';
import { bootstrap } from './setup/bootstrap.mjs';
import { ensureBuild } from './setup/build.mjs';
import { runForeground } from './setup/foreground.mjs';
import { root } from './setup/paths.mjs';

await bootstrap(import.meta.url, async (args) => {
  await ensureBuild();
  return runForeground(process.execPath, [join(root, 'out/main/cli.js'), ...args]);
});
