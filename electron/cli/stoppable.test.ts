import { describe, expect, it } from 'vitest';
import { ProofloadError } from '../../shared/errors/appError';
import { stoppable } from './stoppable';

/** Work that fails with `error`, after a stop request when `isStopped` is true. */
function work(error: ProofloadError, isStopped: boolean): Promise<void> {
  return stoppable((signal) => {
    if (!isStopped) return Promise.reject(error);
    const stopped = new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(error)));
    process.emit('SIGTERM');
    return stopped;
  });
}

describe('work that a signal stops', () => {
  const died = new ProofloadError(
    'target-failed',
    'the service process ended: it was ended by SIGTERM',
    'run it again',
  );

  it('was interrupted, also where a worker ends by the same signal before it listens for it', async () => {
    await expect(work(died, true)).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('fails with what it fails with where nobody stopped it', async () => {
    await expect(work(died, false)).rejects.toBe(died);
  });

  it('says what else went wrong while it stopped', async () => {
    const full = new ProofloadError('history-write-failed', 'the disk is full', 'make room');
    await expect(work(full, true)).rejects.toBe(full);
  });

  it('listens no more when it is done', async () => {
    const before = process.listenerCount('SIGTERM');
    await stoppable(() => Promise.resolve());
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
