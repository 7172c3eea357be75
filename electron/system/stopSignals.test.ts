import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { listenForStop } from './stopSignals';

describe('signals that ask a program to end', () => {
  let signals: EventEmitter;
  let heard: string[];
  let nowMs: number;
  let release: () => void;
  beforeEach(() => {
    signals = new EventEmitter();
    heard = [];
    nowMs = 1_000;
    release = listenForStop({
      onFirst: () => heard.push('stop'),
      onSecond: () => heard.push('end at once'),
      signals,
      nowMs: () => nowMs,
    });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s is a wish to stop', (signal) => {
    signals.emit(signal);
    expect(heard).toEqual(['stop']);
  });

  it('what launchers pass on of the same signal is the same wish', () => {
    signals.emit('SIGINT');
    signals.emit('SIGTERM');
    nowMs += 250;
    signals.emit('SIGTERM');
    expect(heard).toEqual(['stop']);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s after that is the wish to end at once', (signal) => {
    signals.emit('SIGTERM');
    nowMs += 301;
    signals.emit(signal);
    expect(heard).toEqual(['stop', 'end at once']);
  });

  it('are left alone after the work', () => {
    release();
    expect(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => signals.listenerCount(signal))).toEqual([0, 0, 0]);
  });
});
