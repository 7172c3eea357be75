import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idleMsOf, type Phase, type PlannedPhase, writtenPhases } from './artilleryPhases';

const lengthMs = (length: number | string): number =>
  typeof length === 'number' ? length * 1_000 : Number(length.replace('ms', ''));

/**
 * How many arrivals Artillery 2.0.34 makes of a phase with a number of workers: packages/artillery/lib/dist.ts divides
 * it, and the module arrivals (lib/index.js, UniformProcess) makes those of each worker.
 */
function madeBy(workers: number, { duration = 0, arrivalRate, arrivalCount, pause }: Phase): number {
  if (pause !== undefined) return 0;
  const phaseUs = lengthMs(duration) * 1_000;
  const made = (intervalMs: number): number => {
    const arrivals = Math.floor(phaseUs / Math.floor(intervalMs * 1_000));
    // It compares the arrivals that were made with this number, and would never find them equal.
    expect(arrivals, 'the phase ends').toBeGreaterThan(0);
    return arrivals;
  };
  if (arrivalCount !== undefined) return made(phaseUs / 1_000 / arrivalCount);
  const rate = arrivalRate ?? 0;
  expect(Number.isInteger(rate), 'Artillery divides the rate').toBe(true);
  const rates = Array.from({ length: workers }, (_, index) => Math.floor((rate + workers - 1 - index) / workers));
  return rates.filter((own) => own > 0).reduce((sum, own) => sum + made(1_000 / own), 0);
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

describe('phases of Artillery', () => {
  it('have a whole rate in whole seconds, and a number of arrivals otherwise', () => {
    const phase = { name: 'load', durationMs: 4_000 };
    expect(writtenPhases([{ ...phase, rate: 200, maxVusers: 9 }])).toEqual([
      { name: 'load', duration: 4, arrivalRate: 200, maxVusers: 9 },
    ]);
    expect(writtenPhases([{ ...phase, rate: 2.5 }])).toEqual([{ name: 'load', duration: 4, arrivalCount: 10 }]);
    expect(writtenPhases([{ ...phase, durationMs: 1_500, rate: 200 }])).toEqual([
      { name: 'load', duration: '1500ms', arrivalCount: 300 },
    ]);
    expect(writtenPhases([{ ...phase, users: 8 }])).toEqual([{ name: 'load', duration: 4, arrivalCount: 8 }]);
  });

  it('are pauses where no user arrives, and say how long those at the start are', () => {
    const phases = writtenPhases([
      { name: 'first', durationMs: 2_000, rate: 0 },
      { name: 'second', durationMs: 1_500, rate: 0 },
      { name: 'third', durationMs: 1_000, rate: 1 },
      { name: 'fourth', durationMs: 1_000, rate: 0 },
    ]);
    expect(phases).toEqual([
      { name: 'first', pause: 2 },
      { name: 'second', pause: '1500ms' },
      { name: 'third', duration: 1, arrivalRate: 1 },
      { name: 'fourth', pause: 1 },
    ]);
    expect(idleMsOf(phases)).toBe(3_500);
  });

  it('are made by Artillery with the arrivals of the plan, whatever its rates, lengths, shares and workers are', () => {
    const planned = fc.record({
      name: fc.constant('load'),
      durationMs: fc.oneof(
        fc.integer({ min: 1, max: 60 }).map((s) => s * 1_000),
        fc.integer({ min: 100, max: 60_000 }),
      ),
      rate: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.double({ min: 0, max: 300, noNaN: true })),
    });
    fc.assert(
      fc.property(
        fc.array(planned, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        (phases: PlannedPhase[], workers, scripts) => {
          const total = sumOf(phases.map(({ rate = 0, durationMs }) => (rate * durationMs) / 1_000));
          const shares = Array.from({ length: scripts }, (_, index) =>
            writtenPhases(phases, (whole) => Math.floor((whole + scripts - 1 - index) / scripts)),
          );
          const made = sumOf(shares.flat().map((phase) => madeBy(workers, phase)));
          // As many as the plan of Proofload's own generator, which begins an arrival whose part is not over.
          expect(made).toBeGreaterThanOrEqual(Math.ceil(total - 1e-6));
          // Artillery rounds the time between arrivals down to microseconds: at 300 req/s by 0.03 % at most.
          expect(made).toBeLessThanOrEqual(Math.ceil(total - 1e-6) * 1.0003 + workers * scripts * phases.length);
        },
      ),
    );
  });
});
