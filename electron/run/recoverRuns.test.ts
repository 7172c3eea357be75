import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { description, runDocument } from '../../tests/support/factories';
import { OwnerProcess } from '../../tests/support/ownerProcess';
import type { HistoryStore } from '../history/historyStore';
import { openHistory } from '../history/openHistory';
import { openDatabase } from '../sqlite/openDatabase';
import { ownWork } from './ownedWork';
import { recoverRuns } from './recoverRuns';

let program: string;
beforeAll(async () => {
  program = await OwnerProcess.build();
});

describe('recoverRuns', () => {
  let folder: string;
  let work: string;
  let history: HistoryStore;
  let owner: OwnerProcess;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-recover-'));
    work = join(folder, 'work');
    history = openHistory(folder);
    owner = OwnerProcess.start(program, work, 'run-1', folder);
    await owner.says('owns');
  });
  afterEach(async () => {
    await owner.kill();
    history.close();
    rmSync(folder, { recursive: true });
  });

  /** Records something about the writer of the run that is no longer true. */
  const set = (column: string, value: number): void => {
    const database = openDatabase(join(folder, 'history.sqlite'));
    database.prepare(`UPDATE runs SET ${column} = ?`).run(value);
    database.close();
  };
  const hasFiles = (): boolean => existsSync(join(work, 'run-1', 'documents.sqlite'));

  it.each([
    ['has written nothing for years', 'heartbeatAt', 1],
    ['has a clock that is years ahead', 'heartbeatAt', Date.UTC(2100, 0)],
    ['seems to have the number of a process that is gone', 'writerPid', 2_147_483_646],
  ])('leaves a run and its files alone whose owner lives and %s', async (_what, column, value) => {
    set(column, value);
    owner.freeze();
    expect(recoverRuns(history, work)).toEqual([]);
    expect(history.summary('run-1').verdict).toBeNull();
    expect(hasFiles()).toBe(true);
  });

  it('finishes a run as interrupted whose owner was killed, though another process has its number now', async () => {
    set('writerPid', process.pid);
    set('heartbeatAt', Date.now() + 60_000);
    await owner.kill();
    expect(recoverRuns(history, work)).toEqual(['run-1']);
    expect(history.document('run-1').verdict).toBe('interrupted');
    expect(hasFiles()).toBe(false);
    expect(recoverRuns(history, work)).toEqual([]);
  });

  it('finishes a run that its owner could not save, while that goes on with other work', async () => {
    const own = ownWork(work, 'run-2');
    history.begin(description({ id: 'run-2' }));
    own.end();
    expect(recoverRuns(history, work)).toEqual(['run-2']);
  });

  it('removes what killed work has left that is no run of the history', async () => {
    const service = OwnerProcess.start(program, work, 'service-1');
    await service.says('owns');
    await service.kill();
    expect(recoverRuns(history, work)).toEqual([]);
    expect(readdirSync(work).sort()).toEqual(['run-1', 'run-1.lease']);
  });

  it('leaves the document of a run as it is that its owner has saved since it was looked for', () => {
    const own = ownWork(work, 'run-2');
    history.begin(description({ id: 'run-2' }));
    const stale = history.unfinished();
    history.finish(runDocument({ id: 'run-2', verdict: 'passed' }));
    own.end();
    const actual = history.unfinished.bind(history);
    const looks = [(): typeof stale => stale, actual];
    history.unfinished = () => (looks.shift() ?? actual)();
    expect(recoverRuns(history, work)).toEqual([]);
    expect(history.document('run-2').verdict).toBe('passed');
  });
});
