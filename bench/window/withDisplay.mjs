import { spawnSync } from 'node:child_process';
import { ensureElectron } from '../../scripts/setup/electron.mjs';

/**
 * Makes ready what the window needs and resolves with what `main` resolves with, an exit code; where there is no
 * display, of the program `file` run again with a virtual one.
 */
export async function withDisplay(file, args, main) {
  const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY;
  const env = { ...process.env, ...(await ensureElectron({ virtualDisplay: needsDisplay })) };
  if (needsDisplay) {
    const again = ['-a', '-s', '-screen 0 1600x1200x24', process.execPath, file, ...args];
    return spawnSync('xvfb-run', again, { stdio: 'inherit', env }).status ?? 1;
  }
  Object.assign(process.env, env);
  return main();
}
