import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import type { DatabaseUrls } from '../../../shared/engines/database';
import type { Experiment } from '../../../shared/experiment/experiment';
import { experimentOver } from '../../../tests/support/experiments';
import { environment } from '../../../tests/support/factories';
import { Databases } from '../../app/databases/databases';
import { admitExperiment } from '../../app/experiment/admitExperiment';
import { whileOwning } from '../../app/experiment/experimentLease';
import { keepExperiment, readExperiments } from '../../app/experiment/experimentStore';
import { urlTarget } from '../../app/targets/urlTarget';
import type { HostAddresses } from '../../hosts/addresses';
import { type FoundHost, HostGuard } from '../../hosts/hostGuard';
import { ExperimentSession } from '../experimentSession';
import { RunSession } from '../runSession';
import { type ExperimentApp, experimentHandlers } from './experimentHandlers';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-options-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const never = (): never => {
  throw new Error('nothing is started');
};

/** Handlers with a user who gives this answer. Nothing is measured. */
function handlersFor(answers: boolean, urls: DatabaseUrls = {}, onAsked: () => void = () => {}) {
  const asked: [FoundHost, string][] = [];
  const measured: [Experiment, HostAddresses][] = [];
  const hosts = new HostGuard(
    (found, load) => {
      asked.push([found, load]);
      onAsked();
      return answers;
    },
    async () => ['192.0.2.1'],
  );
  const databases = new Databases({ start: never }, folder, (server) => urls[server], hosts);
  const app: ExperimentApp = {
    services: {
      dataFolder: folder,
      environment,
      admitExperiment: (experiment) => admitExperiment(experiment, hosts, databases),
    },
    session: new RunSession(never, () => {}),
    experiments: new ExperimentSession(
      async (experiment, addresses) => {
        measured.push([experiment, addresses]);
        return experiment;
      },
      () => {},
      () => {},
    ),
  };
  return { asked, measured, handlers: experimentHandlers(app) };
}

const elsewhere = experimentOver(
  [
    [engineConfig('memory'), 10],
    [engineConfig('sqlite'), 20],
  ],
  {
    state: 'stopped',
    variants: [
      { name: 'here', target: urlTarget({ url: 'http://127.0.0.1:1/' }) },
      { name: 'there', target: urlTarget({ url: 'http://service.test/' }) },
    ],
  },
);

describe('an experiment that goes to another host', () => {
  it('asks again when it is gone on with, and does not go on without an answer', async () => {
    keepExperiment(folder, elsewhere);
    const { asked, measured, handlers } = handlersFor(false);
    await expect(handlers.resumeExperiment({ id: elsewhere.id })).rejects.toMatchObject({ code: 'remote-not-allowed' });
    expect(asked).toEqual([
      [{ host: 'service.test', addresses: ['192.0.2.1'], secrets: [] }, expect.stringMatching(/ loads it with /)],
    ]);
    expect(measured).toEqual([]);
    expect(readExperiments(folder)[0]?.state).toBe('stopped');
  });

  it('goes on at the addresses that were confirmed', async () => {
    keepExperiment(folder, elsewhere);
    const { measured, handlers } = handlersFor(true);
    await handlers.resumeExperiment({ id: elsewhere.id });
    expect(measured.map(([, addresses]) => addresses)).toEqual([
      { '127.0.0.1': ['127.0.0.1'], 'service.test': ['192.0.2.1'] },
    ]);
  });

  it('is not begun, and not kept, without an answer; nor is one over a database elsewhere', async () => {
    const wish = {
      levelId: 'level-0',
      duration: '1s',
      pairs: 2,
      untilSure: false,
      metric: 'p95',
      withCapacity: false,
    } as const;
    const first = handlersFor(false);
    const variants = ['http://127.0.0.1:1/', 'http://service.test/'];
    await expect(first.handlers.startExperiment({ ...wish, variants })).rejects.toMatchObject({
      code: 'remote-not-allowed',
    });
    const second = handlersFor(false, { postgres: 'postgres://127.0.0.1/db?host=db.test' });
    await expect(second.handlers.startExperiment({ ...wish, variants: ['memory', 'postgres'] })).rejects.toMatchObject({
      code: 'remote-not-allowed',
    });
    expect([...first.measured, ...second.measured]).toEqual([]);
    expect(readExperiments(folder)).toEqual([]);
  });
});

describe('an experiment that another process is at', () => {
  const here: Experiment = {
    ...elsewhere,
    variants: elsewhere.variants.map((variant) => ({ ...variant, target: engineConfig('memory') })),
  };

  it('is neither gone on with nor cancelled, and is not changed', async () => {
    keepExperiment(folder, here);
    const { measured, handlers } = handlersFor(true);
    await whileOwning(folder, here.id, async () => {
      const refused = { code: 'run-active', message: expect.stringContaining(here.id) };
      await expect(handlers.resumeExperiment({ id: here.id })).rejects.toMatchObject(refused);
      await expect(handlers.cancelExperiment({ id: here.id })).rejects.toMatchObject(refused);
    });
    expect([measured, readExperiments(folder)[0]?.state]).toEqual([[], 'stopped']);
    await handlers.resumeExperiment({ id: here.id });
    expect(measured).toHaveLength(1);
  });

  it('is gone on with from where the other has left it', async () => {
    keepExperiment(folder, elsewhere);
    // The other process changes the experiment while the user is asked.
    const { measured, handlers } = handlersFor(true, {}, () => keepExperiment(folder, { ...elsewhere, runs: [] }));
    await handlers.resumeExperiment({ id: elsewhere.id });
    expect(measured.map(([{ runs }]) => runs.length)).toEqual([0]);
  });
});
