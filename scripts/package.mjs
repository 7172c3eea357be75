// `npm run package`: makes the packages of this system in dist/; `npm run package -- --linux dir` makes the folder alone.
import { join } from 'node:path';
import { bootstrap } from './setup/bootstrap.mjs';
import { ensureBuild } from './setup/build.mjs';
import { runForeground } from './setup/foreground.mjs';
import { root } from './setup/paths.mjs';

await bootstrap(import.meta.url, async (args) => {
  await ensureBuild();
  return runForeground(join(root, 'node_modules/.bin/electron-builder'), [...args, '--publish', 'never']);
});
