// `npm run dev`: the window with hot reload of the renderer and restart of the main process.
import { bootstrap } from './setup/bootstrap.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { runForeground } from './setup/foreground.mjs';
import { toolFile } from './setup/tools.mjs';

await bootstrap(import.meta.url, async (args) => {
  const env = await ensureElectron();
  return runForeground(process.execPath, [toolFile('electron-vite'), 'dev', '--watch', ...args], env);
});
