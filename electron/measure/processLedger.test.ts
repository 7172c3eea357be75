import { describe, expect, it } from 'vitest';
import { type ProcessStat, processKey } from '../system/processTable';
import { type MachineLook, ProcessLedger } from './processLedger';

function lookAt(atMs: number, ...processes: [pid: number, parent: number, ticks: number][]): MachineLook {
  const stats = processes.map(
    ([pid, parent, ticks]): ProcessStat => ({ pid, parent, ticks, name: 'x', startedAt: pid, isKernel: false }),
  );
  return {
    atMs,
    processors: { busy: 0, steal: 0, total: 0 },
    processes: new Map(stats.map((stat) => [processKey(stat), stat])),
  };
}

function ticksOver(looks: readonly [MachineLook, ...MachineLook[]], named: number[], except: number[] = []): number {
  const ledger = new ProcessLedger();
  for (const look of looks) ledger.note(look, { named: new Set(named), except: new Set(except) });
  return ledger.ticksBetween(looks[0], looks.at(-1) ?? looks[0]);
}

describe('ProcessLedger', () => {
  it('counts a process and all that it has started, however deep', () => {
    const from = lookAt(0, [10, 1, 100], [11, 10, 5], [20, 1, 50]);
    const to = lookAt(1, [10, 1, 110], [11, 10, 15], [12, 11, 7], [20, 1, 90]);
    expect(ticksOver([from, to], [10])).toBe(27);
  });

  it('counts a child that has ended once, in the time of the parent that waited for it', () => {
    // The child had 40 ticks at the begin and 60 at its end. After that, its parent has them all.
    const looks = [lookAt(0, [10, 1, 100], [11, 10, 40]), lookAt(1, [10, 1, 165])] as const;
    expect(ticksOver([...looks], [10])).toBe(25);
  });

  it('keeps what a process had that ended and that nobody of the group waited for', () => {
    const looks = [lookAt(0, [10, 1, 100]), lookAt(1, [10, 1, 130]), lookAt(2)] as const;
    expect(ticksOver([...looks], [10])).toBe(30);
  });

  it('keeps a process whose parent has ended', () => {
    const looks = [lookAt(0, [10, 1, 0], [11, 10, 3]), lookAt(1, [10, 1, 0], [11, 1, 9])] as const;
    expect(ticksOver([...looks], [10])).toBe(6);
  });

  it('leaves to others what is theirs below a process that was named', () => {
    // The target is a program that has started the run.
    const from = lookAt(0, [10, 1, 0], [11, 10, 0], [12, 11, 0]);
    const to = lookAt(1, [10, 1, 5], [11, 10, 70], [12, 11, 80]);
    expect(ticksOver([from, to], [10], [11])).toBe(5);
    // The target is a server inside the process that makes the run.
    expect(ticksOver([from, to], [11], [11])).toBe(70);
  });
});
