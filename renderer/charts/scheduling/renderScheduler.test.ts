import { describe, expect, it } from 'vitest';
import { ElementWork, RenderScheduler } from './renderScheduler';

/** A scheduler with frames that the test paints. `done` has a list of the work in each frame. */
function setUp() {
  const requested: (() => void)[] = [];
  const done: string[] = [];
  const scheduler = new RenderScheduler((callback) => requested.push(callback));
  const work = (name: string) => (): void => {
    done.push(name);
  };
  /**
   * Paints a frame as a browser does: a request during it waits for the next frame. Returns the work that was done in
   * it.
   */
  const frame = (): string[] => {
    const before = done.length;
    for (const callback of requested.splice(0)) callback();
    return done.slice(before);
  };
  const isIdle = (): boolean => requested.length === 0;
  return { scheduler, work, frame, isIdle };
}

describe('RenderScheduler', () => {
  it('does one piece of work a frame, in the order of asking, and asks for no frame without work', () => {
    const { scheduler, work, frame, isIdle } = setUp();
    for (const name of ['a', 'b', 'c']) scheduler.schedule({}, work(name));
    expect([frame(), frame(), frame()]).toEqual([['a'], ['b'], ['c']]);
    expect(isIdle()).toBe(true);
  });

  it('does only the newest work for the same subject, in the place of the older', () => {
    const { scheduler, work, frame } = setUp();
    const subject = {};
    scheduler.schedule(subject, work('old'));
    scheduler.schedule({}, work('other'));
    scheduler.schedule(subject, work('new'));
    expect([frame(), frame(), frame()]).toEqual([['new'], ['other'], []]);
  });

  it('does one a frame still when everything was cancelled before the frame came', () => {
    const { scheduler, work, frame } = setUp();
    const gone = {};
    scheduler.schedule(gone, work('gone'));
    scheduler.cancel(gone);
    for (const name of ['a', 'b']) scheduler.schedule({}, work(name));
    expect([frame(), frame()]).toEqual([['a'], ['b']]);
  });

  it('does the rest when one fails', () => {
    const { scheduler, work, frame } = setUp();
    scheduler.schedule({}, () => {
      throw new Error('cannot be drawn');
    });
    scheduler.schedule({}, work('next'));
    expect(frame).toThrow('cannot be drawn');
    expect(frame()).toEqual(['next']);
  });

  it('does what is asked for during work in a later frame', () => {
    const { scheduler, work, frame } = setUp();
    scheduler.schedule({}, () => scheduler.schedule({}, work('later')));
    scheduler.schedule({}, work('next'));
    expect([frame(), frame(), frame()]).toEqual([[], ['next'], ['later']]);
  });
});

describe('ElementWork', () => {
  it('is held back out of sight, and done once when the element comes into sight', () => {
    const { scheduler, work, frame, isIdle } = setUp();
    const element = new ElementWork(scheduler);
    element.offer(work('first'), false);
    element.offer(work('second'), false);
    element.see(false);
    expect(isIdle()).toBe(true);
    element.see(true);
    element.see(true);
    expect([frame(), frame()]).toEqual([['second'], []]);
  });

  it('keeps its turn when there is newer work', () => {
    const { scheduler, work, frame } = setUp();
    const element = new ElementWork(scheduler);
    element.see(true);
    element.offer(work('old'), false);
    scheduler.schedule({}, work('other'));
    element.offer(work('new'), false);
    expect([frame(), frame()]).toEqual([['new'], ['other']]);
  });

  it('is done out of sight when it is the last there will be', () => {
    const { scheduler, work, frame } = setUp();
    const element = new ElementWork(scheduler);
    element.offer(work('moving'), false);
    element.offer(work('last'), true);
    expect(frame()).toEqual(['last']);
  });

  it('is not done when there is nothing to do any more, or the element is gone', () => {
    const { scheduler, work, frame } = setUp();
    const element = new ElementWork(scheduler);
    element.see(true);
    element.offer(work('old'), false);
    element.offer(undefined, false);
    expect(frame()).toEqual([]);
    element.offer(work('new'), false);
    element.cancel();
    expect(frame()).toEqual([]);
  });
});
