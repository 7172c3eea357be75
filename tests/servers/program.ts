import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import type { RunningServer } from './serve';
import { listen } from './serve';
import { Missing } from './situation';

/** A port that is free now, for programs that can't say which one they took. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Whether a program can be run at all. */
function canRun(file: string, args: readonly string[]): boolean {
  return spawnSync(file, args, { stdio: 'ignore' }).status === 0;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
    try {
      await (await fetch(url, { headers: { Connection: 'close' } })).arrayBuffer();
      return;
    } catch {
      // Not there yet: asked again until the test's own time is over.
      await new Promise((again) => setTimeout(again, 50));
    }
  }
}

/** Starts a server that is a program of its own; it has started when it answers. What it sees is not known. */
export async function serveProgram(file: string, args: readonly string[], port: number): Promise<RunningServer> {
  if (!canRun(file, ['--version']) && !canRun(file, ['-v'])) throw new Missing(`${file} is not installed`);
  const child = spawn(file, args, { stdio: 'ignore' });
  const ended = new Promise((closed) => child.once('close', closed));
  const url = `http://127.0.0.1:${port}/`;
  await answers(url, child);
  return {
    url,
    connections: () => 0,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
