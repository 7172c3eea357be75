import { describe, expect, it } from 'vitest';
import { description, runDocument } from '../../tests/support/factories';
import type { RunOutcome } from '../run/runContract';
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

describe('a session', () => {
  it('tells that it is busy before a run or other work begins, and that it is not after the end', async () => {
    const told: (boolean | string)[] = [];
    let end = (_outcome: RunOutcome): void => {};
    let isRefused = false;
    const session = new RunSession(
      ({ id }) => {
        told.push('run');
        if (isRefused) throw new Error('refused');
        return {
          id,
          stop: () => {},
          finished: new Promise<RunOutcome>((resolve) => {
            end = resolve;
          }),
        };
      },
      () => {},
      (isBusy) => told.push(isBusy),
    );
    await session.exclusively(async () => void told.push('work'));
    expect(told.splice(0)).toEqual([true, 'work', false]);
    const { scenario, target, id } = description();
    const request = { id, scenario, target, shortened: false, overridden: false, port: 0 };
    const { finished } = session.start(request);
    expect(told.splice(0)).toEqual([true, 'run']);
    end({ kind: 'document', document: runDocument(), saved: true });
    await finished;
    await Promise.resolve();
    expect([session.isBusy, ...told.splice(0)]).toEqual([false, false]);
    isRefused = true;
    expect(() => session.start(request)).toThrow('refused');
    expect([session.isBusy, ...told]).toEqual([false, true, 'run', false]);
  });
});
