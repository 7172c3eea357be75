import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WorkerHost } from '../../run/workerHost';
import { databasesOf } from './databaseOptions';

const noWorkers: WorkerHost = {
  start: () => {
    throw new Error('a worker was started');
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-databases-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const databases = (values: Record<string, string>) =>
  databasesOf(
    { engine: 'postgres', databaseUrl: 'postgres://app:{{secret.PG}}@127.0.0.1:1/app', allowHost: [] },
    folder,
    noWorkers,
    {
      find: (name) => values[name],
      remedy: () => 'give it',
    },
  );

it('fills in the secrets of the URL that is used', async () => {
  expect(await databases({ PG: 'p@ss' }).of('postgres', '')).toMatchObject({
    place: { url: 'postgres://app:p%40ss@127.0.0.1:1/app' },
  });
});

it('refuses a URL whose secret is not known, where it is used', async () => {
  const unknown = databases({});
  await expect(unknown.of('postgres', '')).rejects.toMatchObject({ code: 'secret-unknown' });
  expect(await unknown.of('memory', '')).toBeUndefined();
});
