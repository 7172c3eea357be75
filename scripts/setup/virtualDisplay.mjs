import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from './terminal.mjs';

/**
 * Starts a virtual display on Linux, Xvfb at a free number, and resolves with the environment that points programs to
 * it and a function that ends it. Elsewhere there is always a display, and neither does anything.
 *
 * @param {string} [screen] width, height and depth
 * @returns {Promise<{ env: Record<string, string>, stop: () => void }>}
 */
export async function startVirtualDisplay(screen = '1600x1000x24') {
  if (process.platform !== 'linux') return { env: {}, stop: () => {} };
  // It writes the number that it took to descriptor 3 when it takes connections.
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = once(server.stdio[3], 'data').then(([text]) => String(text).trim());
  const failure = Promise.race([once(server, 'error'), once(server, 'exit')]).then(() => undefined);
  const display = await Promise.race([number, failure]);
  if (display === undefined)
    throw new SetupError('the virtual display could not be started', 'run Xvfb :99 by hand to see why');
  server.unref();
  server.stdio[3].destroy();
  return { env: { DISPLAY: `:${display}` }, stop: () => server.kill() };
}
