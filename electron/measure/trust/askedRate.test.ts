import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../../shared/run/calibration';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { askedRate } from './askedRate';
import { calibratedDemand } from './generator';

/** A scenario of these loads, each with journeys of as many requests as `steps` says. */
function scenarioOf(...parts: { steps: number; [option: string]: unknown }[]) {
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'several',
    name: 'Several',
    journeys: parts.map(({ steps }, part) => ({
      name: `journey ${part}`,
      steps: Array.from({ length: steps }, (_none, step) => ({ name: `${part} ${step}`, url: `/${part}/${step}` })),
    })),
    load: {
      executor: 'scenarios',
      scenarios: parts.map(({ steps: _steps, ...load }, part) => ({
        name: `part-${part}`,
        journeys: [`journey ${part}`],
        ...load,
      })),
    },
  });
}

const constant = (rate: number, steps: number, startTime = '0s', duration = '10s') => ({
  executor: 'constant-arrival-rate',
  rate,
  duration,
  startTime,
  steps,
});

const calibration: Calibration = {
  measuredAt: '2024-01-01T00:00:00.000Z',
  machine: 'this one',
  floorP50: 0.1,
  floorP99: 0.2,
  pacingRate: 100,
  pacingP50: 0.1,
  pacingP99: 0.2,
  highestRate: 300,
};

describe('the rate that several scenarios ask for', () => {
  it('is the sum of those that go on at the same time, in requests', () => {
    expect(askedRate(scenarioOf(constant(100, 2), constant(50, 3, '5s')))).toBeCloseTo(350);
  });

  it('is that of the greater one where the other begins when it ends', () => {
    expect(askedRate(scenarioOf(constant(100, 1), constant(80, 1, '10s')))).toBeCloseTo(100);
  });

  it('has its peak where a ramp meets another load', () => {
    const ramp = { executor: 'ramping-arrival-rate', stages: [{ duration: '10s', target: 100 }], steps: 1 };
    // At 8 s the ramp is at 80, when the other one ends.
    expect(askedRate(scenarioOf(ramp, constant(50, 1, '2s', '6s')))).toBeCloseTo(130);
    const step = {
      executor: 'ramping-arrival-rate',
      startRate: 10,
      stages: [
        { duration: '0s', target: 60 },
        { duration: '5s', target: 60 },
      ],
      steps: 1,
    };
    expect(askedRate(scenarioOf(step))).toBeCloseTo(60);
  });

  it('is that of the schedules alone beside virtual users, and unknown without one', () => {
    const users = { executor: 'constant-vus', vus: 10, duration: '10s', steps: 1 };
    expect(askedRate(scenarioOf(users, constant(20, 2)))).toBeCloseTo(40);
    expect(askedRate(scenarioOf(users))).toBeUndefined();
  });

  it('is held against what the machine is calibrated for', () => {
    expect(calibratedDemand(scenarioOf(constant(100, 2), constant(50, 3)), { calibration, cores: 2 })).toEqual({
      rate: expect.closeTo(350),
      limit: 300,
    });
  });
});
