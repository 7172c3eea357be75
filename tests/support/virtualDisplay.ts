import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** An X server without a screen to look at. */
export interface VirtualDisplay {
  /** What `DISPLAY` names it by. */
  name: string;
  end(): Promise<void>;
}

/** Starts one of this width, height and depth on a number that is free. */
export async function startVirtualDisplay(screen = '1600x1000x24'): Promise<VirtualDisplay> {
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((done) => server.once('close', () => done()));
  const killAtExit = (): void => void server.kill('SIGKILL');
  process.once('exit', killAtExit);
  const number = await Promise.race([
    once(server.stdio[3] as Readable, 'data').then(([text]) => String(text).trim()),
    once(server, 'error').then(([error]) => Promise.reject(error)),
    ended.then(() => Promise.reject(new Error('Xvfb ended before it had a display'))),
  ]);
  return {
    name: `:${number}`,
    end: async () => {
      process.off('exit', killAtExit);
      server.kill('SIGTERM');
      await ended;
    },
  };
}
