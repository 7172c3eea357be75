import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { description, runDocument } from '../../../tests/support/factories';
import type { HistoryStore } from '../../history/historyStore';
import { openHistory } from '../../history/openHistory';
import { HistoryWork } from '../../historyProcess/historyWork';
import type { WorkerHandlers, WorkerHost } from '../../hosting/workerHost';
import { RunSession } from '../runSession';
import { historyHandlers } from './historyHandlers';

/** Started processes, without real ones. The test responds for them. */
class FakeHost implements WorkerHost {
  readonly started: WorkerHandlers[] = [];

  start(_kind: string, handlers: WorkerHandlers) {
    this.started.push(handlers);
    return { pid: 1, send: () => {}, kill: () => {} };
  }
}

const session = new RunSession(
  () => {
    throw new Error('nothing is started');
  },
  () => {},
);

/** The services that the handlers need. There is nothing to recover in the history. */
const servicesOver = (dataFolder: string, history: HistoryStore) => ({ dataFolder, history, recoverRuns: () => [] });

/** Lets callbacks of settled promises run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what users say of runs', () => {
  let folder: string;
  let history: HistoryStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-handlers-'));
    history = openHistory(folder);
  });
  afterEach(() => {
    history.close();
    rmSync(folder, { recursive: true });
  });

  it('waits for the process that writes, where this one would stand still for its lock', async () => {
    history.begin(description({ startedAt: '2020-01-01T00:00:00.000Z' }));
    history.finish(runDocument());
    const host = new FakeHost();
    const historyWork = new HistoryWork(host, folder);
    const app = { services: servicesOver(folder, history), historyWork, session };
    const runs = historyHandlers(app, '/app');
    const writing = historyWork.purge();
    const id = 'run-1';
    const before = history.summary(id);
    const changes = [
      runs.noteRun({ id, notes: 'changed' }),
      runs.tagRuns({ ids: [id], tag: 'changed', isSet: true }),
      runs.setBaseline({ id, isSet: true }),
      runs.deleteRuns({ ids: [id] }),
      runs.restoreRuns({ ids: [id] }),
    ];
    await settled();
    expect(history.summary(id)).toEqual(before);
    expect(history.count({})).toBe(1);
    host.started[0]?.onMessage({ type: 'done', text: '' });
    await writing;
    expect(await Promise.all(changes)).toEqual([undefined, undefined, undefined, 1, 1]);
    expect(history.summary(id)).toMatchObject({ notes: 'changed', tags: ['changed'], isBaseline: true });
  });

  it('of which one was left behind are listed when it is finished, outside of this process', async () => {
    history.begin(description());
    const host = new FakeHost();
    const app = { services: servicesOver(folder, history), historyWork: new HistoryWork(host, folder), session };
    const listed = historyHandlers(app, '/app').listRuns({ offset: 0, limit: 10 });
    await settled();
    expect(history.summary('run-1').verdict).toBeNull();
    history.finish(runDocument({ verdict: 'interrupted' }));
    host.started[0]?.onMessage({ type: 'done', text: '' });
    expect(await listed).toMatchObject([{ id: 'run-1', verdict: 'interrupted' }]);
  });

  it('does not wait when nothing is written', async () => {
    history.begin(description());
    history.finish(runDocument());
    const host = new FakeHost();
    const app = { services: servicesOver(folder, history), historyWork: new HistoryWork(host, folder), session };
    await historyHandlers(app, '/app').noteRun({ id: 'run-1', notes: 'changed' });
    expect(history.summary('run-1').notes).toBe('changed');
    expect(host.started).toEqual([]);
  });
});
