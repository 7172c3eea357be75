import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkerHandlers, WorkerHost } from '../../hosting/workerHost';
import { ForeignReader, maxSilenceMs } from './foreignReader';

/** A host without a real process. It records what it is sent, and the test responds for it. */
class FakeHost implements WorkerHost {
  readonly kinds: string[] = [];
  readonly sent: object[] = [];
  killed = 0;
  process: WorkerHandlers = { onMessage: () => {}, onExit: () => {} };

  start(kind: string, handlers: WorkerHandlers) {
    this.kinds.push(kind);
    this.process = handlers;
    return {
      pid: 1,
      send: (message: object) => void this.sent.push(message),
      kill: () => {
        this.killed += 1;
      },
    };
  }
}

const requests = { name: 'a', requests: [{ method: 'GET', url: '/a' }], data: [], steps: [{ request: 0 }], notes: [] };

describe('what other programs have written', () => {
  let host: FakeHost;
  let reader: ForeignReader;
  beforeEach(() => {
    host = new FakeHost();
    reader = new ForeignReader(host);
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is read by a process of its own, which ends with it', async () => {
    const read = reader.requests('curl /a');
    expect([host.kinds, host.sent]).toEqual([['reader'], [{ type: 'requests', text: 'curl /a' }]]);
    host.process.onMessage({ type: 'requests', requests });
    expect(await read).toEqual(requests);
    expect(host.killed).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is given up when nothing more of it is read', async () => {
    const read = reader.requestsOfFile('/recordings/long.har');
    const outcome = expect(read).rejects.toMatchObject({
      code: 'import-failed',
      message: expect.stringContaining('long.har was not read to its end'),
    });
    vi.advanceTimersByTime(maxSilenceMs - 1);
    expect(host.killed).toBe(0);
    vi.advanceTimersByTime(1);
    expect(host.killed).toBe(1);
    await outcome;
  });

  it('may take long, as long as it comes on', async () => {
    const shares: number[] = [];
    const read = reader.result('/results/long.jtl', { onRead: (share) => shares.push(share) });
    for (const share of [0.2, 0.4, 0.6]) {
      vi.advanceTimersByTime(maxSilenceMs - 1);
      host.process.onMessage({ type: 'progress', share });
    }
    expect([host.killed, shares]).toEqual([0, [0.2, 0.4, 0.6]]);
    host.process.onMessage({ type: 'result', json: '{}' });
    expect(await read).toEqual({ json: '{}' });
  });

  it('is let go when the user has thought better of it', async () => {
    const stopping = new AbortController();
    const read = reader.result('/results/long.jtl', { signal: stopping.signal });
    const outcome = expect(read).rejects.toMatchObject({
      code: 'interrupted',
      message: 'the import of long.jtl was stopped',
    });
    stopping.abort();
    expect(host.killed).toBe(1);
    await outcome;
    await expect(reader.result('/results/next.jtl', { signal: stopping.signal })).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(host.sent).toHaveLength(1);
  });

  it('costs a process that dies of it, and an error that says so', async () => {
    const read = reader.result('/results/evil.json', {});
    host.process.onExit('it was ended by SIGABRT');
    await expect(read).rejects.toMatchObject({
      code: 'import-failed',
      message: expect.stringContaining('evil.json could not be read'),
    });
  });

  it('is refused in the words of the process that read it, and so is an answer of another kind', async () => {
    const refused = reader.requests('hello');
    host.process.onMessage({ type: 'failed', error: { code: 'import-failed', message: 'no curl', hint: 'paste one' } });
    await expect(refused).rejects.toMatchObject({ code: 'import-failed', message: 'no curl', hint: 'paste one' });
    const odd = reader.requests('hello');
    host.process.onMessage({ type: 'requests', requests: 7 });
    await expect(odd).rejects.toMatchObject({ code: 'internal' });
    const other = reader.requests('hello');
    host.process.onMessage({ type: 'result', json: '{}' });
    await expect(other).rejects.toMatchObject({ code: 'internal' });
  });
});
