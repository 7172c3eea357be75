import { EventEmitter, once } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../tests/support/virtualClock';
import { afterGroupSignal, afterSignals, listenForStop, reportEnd } from './stopSignals';

describe('signals that ask a program to end', () => {
  let signals: EventEmitter;
  let heard: string[];
  let clock: VirtualClock;
  let release: () => void;
  beforeEach(() => {
    signals = new EventEmitter();
    heard = [];
    clock = new VirtualClock();
    release = listenForStop({
      onFirst: () => heard.push('stop'),
      onSecond: () => heard.push('end at once'),
      signals,
      later: (ms, then) => void clock.wakeAt(clock.nowMs() + ms, then),
    });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s is a wish to stop', (signal) => {
    signals.emit(signal);
    expect(heard).toEqual(['stop']);
  });

  it('what launchers pass on of the same signal is the same wish', () => {
    signals.emit('SIGINT');
    signals.emit('SIGTERM');
    clock.runUntil(999);
    signals.emit('SIGTERM');
    expect(heard).toEqual(['stop']);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s after that is the wish to end at once', (signal) => {
    signals.emit('SIGTERM');
    clock.runUntil(1_000);
    signals.emit(signal);
    expect(heard).toEqual(['stop', 'end at once']);
  });

  it('are left alone after the work', () => {
    release();
    expect(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => signals.listenerCount(signal))).toEqual([0, 0, 0]);
  });
});

/** Sends this process a signal. Resolves when it is heard. */
function hangUp(): Promise<unknown> {
  const heard = once(process, 'SIGHUP');
  process.kill(process.pid, 'SIGHUP');
  return heard;
}

// Windows has no such signals.
it.runIf(process.platform !== 'win32')(
  'a signal that comes while the program is busy belongs to the first',
  async () => {
    const heard: string[] = [];
    const awaited: Promise<unknown>[] = [];
    const release = listenForStop({
      onFirst: () => heard.push('stop'),
      onSecond: () => heard.push('end at once'),
      later: (_ms, then) => {
        const over = new Promise<void>((resolve) => {
          afterSignals(1, () => {
            then();
            resolve();
          });
        });
        awaited.push(over, hangUp());
        // When the loop goes on, the time is over and the signal is not heard yet.
        for (const startMs = performance.now(); performance.now() < startMs + 10; );
      },
    });
    try {
      await hangUp();
      await Promise.all(awaited);
      expect(heard).toEqual(['stop']);
      await hangUp();
      expect(heard).toEqual(['stop', 'end at once']);
    } finally {
      release();
    }
  },
);

it.runIf(process.platform !== 'win32')(
  'a signal to the group is heard before the end of what it has ended',
  async () => {
    const heard: string[] = [];
    const release = listenForStop({ onFirst: () => heard.push('signal'), onSecond: () => {} });
    try {
      await new Promise<void>((resolve) => {
        afterGroupSignal(() => {
          heard.push('end');
          resolve();
        });
        // It arrives when the time is over. After immediates, the loop runs timers before it hears signals.
        setImmediate(() => {
          for (const startMs = performance.now(); performance.now() < startMs + 300; );
          process.kill(process.pid, 'SIGHUP');
        });
      });
      expect(heard).toEqual(['signal', 'end']);
    } finally {
      release();
    }
  },
);

describe('the end of a worker', () => {
  const reported = (ended: NodeJS.Signals | number | null): string => {
    let when = 'later';
    reportEnd(
      ended,
      () => {
        when = 'at once';
      },
      () => {},
    );
    return when;
  };

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 1, 2, 15] as const)('by %s is reported later', (ended) => {
    expect(reported(ended)).toBe('later');
  });

  it.each([null, 0, 9, 'SIGKILL'] as const)('by %s is reported at once', (ended) => {
    expect(reported(ended)).toBe('at once');
  });
});
