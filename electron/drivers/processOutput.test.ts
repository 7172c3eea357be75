import { describe, expect, it } from 'vitest';
import { describeExit, LineReader, OutputTail, quoteComplaint } from './processOutput';

describe('the output of a process', () => {
  it('is read until the reader throws, which is told once', () => {
    const read: string[] = [];
    let faults = 0;
    const lines = new LineReader(
      (line) => {
        if (line === 'bad') throw new Error('unreadable');
        read.push(line);
      },
      () => {
        faults += 1;
      },
    );
    for (const line of ['one', 'bad', 'two', 'bad']) lines.read(line);
    expect(read).toEqual(['one']);
    expect(faults).toBe(1);
    expect(lines.fault).toEqual({ error: new Error('unreadable') });
  });

  it('is kept from its end', () => {
    const tail = new OutputTail(6);
    for (const line of ['first', 'last']) tail.add(line);
    expect(tail.text).toBe('\nlast\n');
  });

  it('is quoted by its last lines, which state the reason', () => {
    expect(quoteComplaint('')).toBe('');
    expect(quoteComplaint(['1', '2', '3', '4', '5', '6'].join('\n'))).toBe(' It said: 2 3 4 5 6');
  });
});

describe('the end of a process', () => {
  it.each([
    [{ code: 1, signal: null }, 'ended with code 1'],
    [{ code: null, signal: 'SIGKILL' as const }, 'was ended by SIGKILL'],
  ])('%j %s', (exit, words) => {
    expect(describeExit(exit)).toBe(words);
  });
});
