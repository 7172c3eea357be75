import { describe, expect, it } from 'vitest';
import { orAborted } from './orAborted';

const reason = new Error('stopped');

describe('work that may be given up', () => {
  it('ends as it ends by itself', async () => {
    const { signal } = new AbortController();
    await expect(orAborted(Promise.resolve('done'), signal)).resolves.toBe('done');
    await expect(orAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  });

  it('is not waited for any longer when it is given up, nor when it had been before', async () => {
    const stopping = new AbortController();
    const waiting = orAborted(new Promise(() => {}), stopping.signal);
    stopping.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(orAborted(Promise.resolve('too late'), stopping.signal)).rejects.toBe(reason);
  });

  it('may fail afterwards without anybody hearing of it', async () => {
    const stopping = new AbortController();
    let fail = (_error: Error): void => {};
    const work = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    const waiting = orAborted(work, stopping.signal);
    stopping.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    fail(new Error('an unhandled rejection would end the process'));
  });
});
