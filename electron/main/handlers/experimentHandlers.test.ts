import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import type { DatabaseUrls } from '../../../shared/engines/database';
import type { Experiment } from '../../../shared/experiment/experiment';
import { experimentOver } from '../../../tests/support/experiments';
import { environment } from '../../../tests/support/factories';
import type { HostAddresses } from '../../hosts/addresses';
import { Databases } from '../../run/databases/databases';
import { keepExperiment, readExperiments } from '../../run/experiment/experimentStore';
import { type FoundHost, HostGuard } from '../../run/hosts/hostGuard';
import { urlTarget } from '../../run/prepareRun';
import { ExperimentSession } from '../experimentSession';
import { RunSession } from '../runSession';
import { type ExperimentParts, experimentHandlers } from './experimentHandlers';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-options-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const never = (): never => {
  throw new Error('nothing is started');
};

/** The handlers over a user who answers as told; nothing is measured. */
function handlersFor(answers: boolean, urls: DatabaseUrls = {}) {
  const asked: [FoundHost, string][] = [];
  const measured: [Experiment, HostAddresses][] = [];
  const hosts = new HostGuard(
    (found, load) => asked.push([found, load]) > 0 && answers,
    async () => ['192.0.2.1'],
  );
  const parts: ExperimentParts = {
    folder,
    session: new RunSession(never, () => {}),
    experiments: new ExperimentSession(
      async (experiment, addresses) => {
        measured.push([experiment, addresses]);
        return experiment;
      },
      () => {},
      () => {},
    ),
    databases: new Databases({ start: never }, folder, (server) => urls[server], hosts),
    environment,
    hosts,
    secrets: { find: () => undefined, remedy: () => 'give it' },
  };
  return { asked, measured, handlers: experimentHandlers(parts) };
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
      [{ host: 'service.test', addresses: ['192.0.2.1'] }, expect.stringMatching(/ loads it with /)],
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
