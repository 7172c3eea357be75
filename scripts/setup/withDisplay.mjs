import { ensureElectron } from './electron.mjs';
import { startVirtualDisplay } from './virtualDisplay.mjs';

const noDisplay = { env: {}, stop: () => {} };

/**
 * Makes ready what the window needs, a virtual display where there is none, and resolves with what `main` resolves
 * with, an exit code.
 */
export async function withDisplay(main) {
  const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY;
  const env = await ensureElectron({ virtualDisplay: needsDisplay });
  const display = needsDisplay ? await startVirtualDisplay('1600x2000x24') : noDisplay;
  Object.assign(process.env, env, display.env);
  try {
    return await main();
  } finally {
    display.stop();
  }
}
