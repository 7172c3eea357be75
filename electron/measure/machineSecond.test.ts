import { cpus } from 'node:os';
import { expect, it } from 'vitest';
import { type CpuLook, MachineSeconds } from './machineSecond';

const second = 100 * cpus().length;

function look(seconds: number, busy: number, steal: number, ...processes: [number, number][]): CpuLook {
  return {
    processors: { total: seconds * second, busy: busy * second, steal: steal * second },
    byPid: new Map(processes),
  };
}

it('tells what others used: what is busy without the known processes, from one second to the next', () => {
  const machine = new MachineSeconds(look(0, 0, 0, [7, 1_000]));
  // Half of the machine is busy, two fifths of it with the known process.
  expect(machine.until(look(1, 0.5, 0.1, [7, 1_000 + 0.2 * second]))).toEqual({
    otherCpuShare: expect.closeTo(0.3),
    stolenCpuShare: expect.closeTo(0.1),
  });
  expect(machine.until(look(2, 0.75, 0.1, [7, 1_000 + 0.45 * second]))).toEqual({
    otherCpuShare: expect.closeTo(0),
    stolenCpuShare: expect.closeTo(0),
  });
});

it('counts of a process that is known from now on only what it uses from now on', () => {
  const machine = new MachineSeconds(look(0, 0, 0));
  expect(machine.until(look(1, 0.5, 0, [8, 9_000])).otherCpuShare).toBeCloseTo(0.5);
  expect(machine.until(look(2, 1, 0, [8, 9_000 + 0.5 * second])).otherCpuShare).toBeCloseTo(0);
});

it('says nothing of a stretch that the clock ticks do not resolve, and counts it with the next', () => {
  const machine = new MachineSeconds(look(0, 0, 0));
  expect(machine.until(look(0.1, 0.1, 0)).otherCpuShare).toBeNull();
  expect(machine.until(look(1, 0.5, 0)).otherCpuShare).toBeCloseTo(0.5);
});
