import { ensureElectron } from './electron.mjs';

/**
 * Makes ready what the window needs, a virtual display where there is none, and resolves with what `main` resolves
 * with. Runs under the pinned Node, which reads TypeScript.
 *
 * @template T
 * @param {() => Promise<T>} main
 * @returns {Promise<T>}
 */
export async function withDisplay(main) {
  const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY;
  Object.assign(process.env, await ensureElectron({ virtualDisplay: needsDisplay }));
  if (!needsDisplay) return main();
  const { startVirtualDisplay } = await import('../../tests/support/virtualDisplay.ts');
  const display = await startVirtualDisplay('1600x2000x24');
  process.env.DISPLAY = display.name;
  try {
    return await main();
  } finally {
    await display.end();
  }
}
