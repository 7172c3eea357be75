import { describe, expect, it } from 'vitest';
import { orAborted } from '../system/orAborted';
import { RunSession } from './runSession';

function idleSession(): RunSession {
  return new RunSession(
    () => {
      throw new Error('no run is started here');
    },
    () => {},
  );
}

describe('work that excludes a run', () => {
  it('that can be given up is given up when the app is closed', async () => {
    const session = idleSession();
    const calibration = session.exclusively((signal) => orAborted(new Promise(() => {}), signal));
    expect(session.isBusy).toBe(true);
    const released = session.released();
    await expect(calibration).rejects.toMatchObject({ code: 'interrupted' });
    await released;
    expect(session.isBusy).toBe(false);
  });

  it('that can not is waited for', async () => {
    const session = idleSession();
    let end = (): void => {};
    const work = session.exclusively(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    let isReleased = false;
    const released = session.released().then(() => {
      isReleased = true;
    });
    await Promise.resolve();
    expect(isReleased).toBe(false);
    end();
    await Promise.all([work, released]);
    expect(session.isBusy).toBe(false);
  });
});
