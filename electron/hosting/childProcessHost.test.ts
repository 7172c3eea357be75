import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { childProcessHost } from './childProcessHost';
import { workerFile } from './workerHost';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-host-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

it('starts workers without the secrets of its environment, and with the rest of it', async () => {
  writeFileSync(join(folder, workerFile('load')), 'process.send(process.env); process.disconnect();');
  vi.stubEnv('PROOFLOAD_SECRET_TOKEN', 'marker-of-the-secret');
  vi.stubEnv('PROOFLOAD_STORAGE', 'memory');
  const environment = await new Promise((onMessage, onExit) => {
    childProcessHost(folder).start('load', { onMessage, onExit });
  });
  expect(environment).toMatchObject({ PROOFLOAD_STORAGE: 'memory' });
  expect(JSON.stringify(environment)).not.toContain('marker-of');
});

// Windows has no such signals.
it.runIf(process.platform !== 'win32')(
  'a worker that a stop signal has ended is reported when this process has surely heard of the signal as well',
  async () => {
    writeFileSync(join(folder, workerFile('load')), "process.send('ready'); setInterval(() => {}, 1000);");
    const exits: string[] = [];
    const report = await new Promise<() => void>((later) => {
      const worker = childProcessHost(folder, later).start('load', {
        onMessage: () => process.kill(worker.pid ?? 0, 'SIGTERM'),
        onExit: (how) => exits.push(how),
      });
    });
    expect(exits).toEqual([]);
    report();
    expect(exits).toEqual(['it was ended by SIGTERM']);
  },
);

it('a worker that ended in another way is reported at once', async () => {
  writeFileSync(join(folder, workerFile('load')), 'process.exit(3);');
  const how = await new Promise((onExit, reject) => {
    childProcessHost(folder, () => reject(new Error('put off'))).start('load', { onMessage: () => {}, onExit });
  });
  expect(how).toBe('it exited with code 3');
});
