// `npm start`: sets up what is missing and opens the window; without a display it runs level 2 in the terminal.
import { join } from 'node:path';
import { bootstrap } from './setup/bootstrap.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { runForeground } from './setup/foreground.mjs';
import { root } from './setup/paths.mjs';
import { say } from './setup/terminal.mjs';

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

await bootstrap(import.meta.url, async (args) => {
  if (!hasDisplay()) {
    await ensureBuild();
    say('no display (DISPLAY is not set): running level 2 in the terminal instead of the window');
    return runForeground(process.execPath, [join(root, 'out/main/cli.js'), 'run', 'level-2', ...args]);
  }
  const env = await ensureElectron();
  await ensureBuild();
  // Looking up the official binary would start its download, so it is looked up only where it is used.
  const binary = env.ELECTRON_EXEC_PATH ?? (await import('electron')).default;
  return runForeground(binary, [root, ...args], env);
});
