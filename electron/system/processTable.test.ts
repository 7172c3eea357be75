import { describe, expect, it } from 'vitest';
import { parseProcessStat, processKey } from './processTable';

const rest = '0 -1 4194304 1 2 3 4 100 20 3000 400 20 0 1 0 98765 1 2 3';

describe('parseProcessStat', () => {
  it('reads number, parent, start, and the time of a process and of the children that it has waited for', () => {
    expect(parseProcessStat(`42 (node) S 7 42 42 ${rest}\n`)).toEqual({
      pid: 42,
      parent: 7,
      name: 'node',
      startedAt: 98_765,
      ticks: 3_520,
      isKernel: false,
    });
  });

  it('takes a name for what it is, whatever is in it', () => {
    expect(parseProcessStat(`42 (a) S 1 (b c) R 7 42 42 ${rest}`)).toMatchObject({
      name: 'a) S 1 (b c',
      parent: 7,
      ticks: 3_520,
    });
  });

  it('knows a thread of the kernel', () => {
    expect(parseProcessStat('9 (kworker/0:1) I 2 0 0 0 -1 69238880 0 0 0 0 0 5 0 0 20 0 1 0 30 0 0')).toMatchObject({
      isKernel: true,
      ticks: 5,
    });
  });

  it('knows when a text is none', () => {
    expect(parseProcessStat('')).toBeUndefined();
    expect(parseProcessStat('42 (node) S 7')).toBeUndefined();
  });
});

describe('processKey', () => {
  it('tells two processes apart that were given the same number', () => {
    const stat = { pid: 42, parent: 1, name: 'node', ticks: 0, isKernel: false };
    expect(processKey({ ...stat, startedAt: 1 })).not.toBe(processKey({ ...stat, startedAt: 2 }));
  });
});
