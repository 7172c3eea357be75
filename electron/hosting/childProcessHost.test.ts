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
