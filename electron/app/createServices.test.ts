import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engineConfig } from '../../shared/engines/config';
import { description, environment, level, runDocument, runSummary } from '../../tests/support/factories';
import { HostGuard } from '../hosts/hostGuard';
import type { RunRequest } from '../run/runContract';
import { createServices } from './createServices';
import type { AppServices } from './services';

let folder: string;
let services: AppServices | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-services-'));
});
afterEach(async () => {
  await services?.close();
  rmSync(folder, { recursive: true });
});

/** Services with the test folder. Starting a worker is an error. */
function create(values: Readonly<Record<string, string>> = {}): AppServices {
  services = createServices({
    dataFolder: folder,
    workerHost: {
      start: () => {
        throw new Error('a worker was started');
      },
    },
    hostPermissions: new HostGuard(() => false),
    secrets: { find: (name) => values[name], remedy: () => 'give it' },
    environment,
    databaseUrls: { postgres: 'postgres://app:{{secret.PG}}@127.0.0.1:1/app' },
    onRepair: () => {},
  });
  return services;
}

it('writes nothing before it is asked for something', () => {
  create();
  expect(readdirSync(folder)).toEqual([]);
});

describe('the server of an engine', () => {
  it('is at the URL that was given, with its secrets filled in', async () => {
    expect(await create({ PG: 'p@ss' }).databases.of('postgres', '')).toMatchObject({
      place: { url: 'postgres://app:p%40ss@127.0.0.1:1/app' },
    });
  });

  it('is refused where the secret is not known, when it is used', async () => {
    const { databases } = create();
    await expect(databases.of('postgres', '')).rejects.toMatchObject({ code: 'secret-unknown' });
    expect(await databases.of('memory', '')).toBeUndefined();
  });
});

describe('a run that is prepared', () => {
  const target = engineConfig('memory');

  it('is held against the baseline in the history, and knows its gate', async () => {
    const { history, prepareRun } = create();
    const thresholds = { http_req_duration: ['p(95)<=baseline*1.05'] };
    const scenario = { ...level('level-2'), thresholds };
    const id = '20261125-120000-abcdef';
    history.begin(description({ id, scenario, target }));
    history.finish(runDocument({ id, scenario, target, verdict: 'passed' }));
    history.edits.setBaseline(id, true);
    const request = await prepareRun({ scenario, target });
    expect(request.baseline?.caveats.warnings).toEqual([]);
    expect(request.gate).toMatchObject({ open: false });
    expect((await prepareRun({ scenario: 'level-2', target })).baseline).toBeUndefined();
  });

  it('goes to the default engine where neither it nor its scenario says where to go', async () => {
    expect((await create().prepareRun({ scenario: 'level-0' })).target).toEqual(engineConfig('sqlite'));
  });

  it('is refused before the history is opened when its host is not confirmed', async () => {
    const refused = create().prepareRun({ scenario: 'level-0', target: { kind: 'url', url: 'http://0.0.0.0/' } });
    await expect(refused).rejects.toMatchObject({ code: 'remote-not-allowed' });
    expect(existsSync(join(folder, 'history.sqlite'))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('looks through the work folder once for a command: opening the history finishes runs and sweeps nothing more', async () => {
  const { sweep } = create();
  const left = (id: string): string => join(folder, 'work', id);
  mkdirSync(left('20261125-120000-aaaaaa'), { recursive: true });
  await sweep();
  expect(existsSync(left('20261125-120000-aaaaaa'))).toBe(false);
  mkdirSync(left('20261125-120000-bbbbbb'), { recursive: true });
  expect(services?.history.count({})).toBe(0);
  expect(existsSync(left('20261125-120000-bbbbbb'))).toBe(true);
});

it('asks for the gate of each level once in a climb', async () => {
  const { history, climb } = create();
  const list = vi.spyOn(history, 'list').mockReturnValue([runSummary({ p95HighMs: 3 })]);
  const ran: RunRequest[] = [];
  const end = await climb({ target: engineConfig('memory') }, async (_level, request) => {
    ran.push(request);
    return ran.length < 4;
  });
  expect(end).toEqual({ kind: 'ended', level: 3 });
  expect(ran.map(({ scenario, gate }) => [scenario.id, gate?.open])).toEqual([
    ['level-0', true],
    ['level-1', true],
    ['level-2', true],
    ['level-3', true],
  ]);
  expect(list.mock.calls.map(([query]) => query.scenarioId)).toEqual(['level-1', 'level-2']);
});
