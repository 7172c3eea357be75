import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkerHandlers, WorkerHost } from '../hosting/workerHost';
import { HistoryProcess } from './historyProcess';

interface FakeProcess extends WorkerHandlers {
  readonly sent: object[];
  isKilled: boolean;
}

/** A host without real processes. The test responds for them. */
class FakeHost implements WorkerHost {
  readonly kinds: string[] = [];
  readonly processes: FakeProcess[] = [];

  start(kind: string, handlers: WorkerHandlers) {
    const started: FakeProcess = { ...handlers, sent: [], isKilled: false };
    this.kinds.push(kind);
    this.processes.push(started);
    return {
      pid: 1,
      send: (message: object) => void started.sent.push(message),
      kill: () => {
        started.isKilled = true;
      },
    };
  }

  get last(): FakeProcess {
    const last = this.processes.at(-1);
    if (!last) throw new Error('none was started');
    return last;
  }
}

/** Lets callbacks of settled promises run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the process that works on the history', () => {
  let host: FakeHost;
  let kept: HistoryProcess;
  beforeEach(() => {
    host = new FakeHost();
    kept = new HistoryProcess(host, '/data', { endsWhenIdle: false });
  });

  it('is started by its first task, and told the next when that has ended', async () => {
    expect(host.processes).toEqual([]);
    const first = kept.do({ type: 'stored', id: 'a' });
    const second = kept.do({ type: 'stored', id: 'b' });
    await settled();
    expect(host.kinds).toEqual(['history']);
    expect(host.last.sent).toEqual([{ dataFolder: '/data', task: { type: 'stored', id: 'a' } }]);
    host.last.onMessage({ type: 'failed', error: { code: 'run-not-found', message: 'no run a', hint: 'list them' } });
    await expect(first).rejects.toMatchObject({ code: 'run-not-found', message: 'no run a', hint: 'list them' });
    await settled();
    expect(host.last.sent).toHaveLength(2);
    host.last.onMessage({ type: 'done', text: '{}' });
    expect(await second).toBe('{}');
    expect([host.processes.length, host.last.isKilled]).toEqual([1, false]);
  });

  it('may be started before, and is ended by close', async () => {
    kept.prepare();
    kept.prepare();
    expect(host.kinds).toEqual(['history']);
    const task = kept.do({ type: 'purge' });
    await settled();
    kept.close();
    await expect(task).rejects.toMatchObject({ code: 'interrupted' });
    expect(host.last.isKilled).toBe(true);
  });

  it('is not started for what was asked for before it was closed', async () => {
    const first = kept.do({ type: 'pack', budgetBytes: null });
    const second = kept.do({ type: 'pack', budgetBytes: null });
    kept.close();
    await expect(first).rejects.toMatchObject({ code: 'interrupted' });
    await expect(second).rejects.toMatchObject({ code: 'interrupted' });
    expect(host.processes).toEqual([]);
    void kept.do({ type: 'purge' });
    await settled();
    expect(host.last.sent).toEqual([{ dataFolder: '/data', task: { type: 'purge' } }]);
  });

  it('costs its task when it dies, and is started anew by the next', async () => {
    const first = kept.do({ type: 'compact' });
    const second = kept.do({ type: 'purge' });
    await settled();
    host.last.onExit('it was ended by SIGKILL');
    await expect(first).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('SIGKILL') });
    await settled();
    expect(host.processes).toHaveLength(2);
    host.last.onMessage({ type: 'done', text: '' });
    expect(await second).toBe('');
  });

  it('is not believed what is not in the protocol', async () => {
    const task = kept.do({ type: 'purge' });
    await settled();
    host.last.onMessage({ type: 'done', text: 7 });
    await expect(task).rejects.toMatchObject({ code: 'internal' });
  });

  it('ends when it is idle, where it is to', async () => {
    const passing = new HistoryProcess(host, '/data', { endsWhenIdle: true });
    const first = passing.do({ type: 'purge' });
    const second = passing.do({ type: 'compact' });
    let isIdle = false;
    const idle = passing.idle().then(() => {
      isIdle = true;
    });
    await settled();
    host.last.onMessage({ type: 'done', text: '' });
    await first;
    await settled();
    expect([isIdle, host.last.isKilled]).toEqual([false, false]);
    host.last.onMessage({ type: 'done', text: '{}' });
    await second;
    await idle;
    expect([isIdle, host.last.isKilled]).toEqual([true, true]);
    // Its end is not taken for the end of the next process.
    const [ended] = host.processes;
    const third = passing.do({ type: 'purge' });
    await settled();
    ended?.onExit('it was ended by SIGKILL');
    host.last.onMessage({ type: 'done', text: '' });
    expect(await third).toBe('');
    expect(host.processes).toHaveLength(2);
  });
});
