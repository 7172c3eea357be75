// `npm run dev`: the window with hot reload of the renderer and restart of the main process.
import { join } from 'node:path';
import { bootstrap } from './setup/bootstrap.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { runForeground } from './setup/foreground.mjs';
import { root } from './setup/paths.mjs';

await bootstrap(import.meta.url, async (args) => {
  const env = await ensureElectron();
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  return runForeground(process.execPath, [cli, 'dev', '--watch', ...args], env);
});
