import { expect, it } from 'vitest';
import type { CapacityStep } from '../../run/capacity';
import { capacityNote, describeStepLoad, describeStepOutcome, formatCapacity, statusOfStep } from './describeCapacity';

const step: CapacityStep = {
  kind: 'rate',
  offeredRate: 2_000,
  achievedRate: 1_905,
  attainment: 1,
  p50: 2,
  p95: 9,
  p99: 12,
  growthMsPerS: 0,
  holds: true,
  trusted: true,
  durationMs: 5_000,
  generatorUtilisation: 0.4,
  targetUtilisation: 0.9,
};

it('says of a capacity that ended where the generator did that it is at least that', () => {
  expect(formatCapacity({ rate: 131.07, atLeast: true })).toBe('≥\u00a0131 req/s');
  expect(formatCapacity({ rate: 1_905.6, atLeast: false })).toBe('1,906 req/s');
  expect(formatCapacity({ rate: null, atLeast: false })).toBe('–');
  expect(formatCapacity(undefined)).toBe('–');
  expect(formatCapacity({ rate: 300, atLeast: false, unit: 'journeys' })).toBe('300 journeys/s');
});

it.each<[Partial<CapacityStep>, string]>([
  [{}, '✓ passed'],
  [{ holds: false, reason: 'the queue grew' }, '✕ failed: the queue grew'],
  [{ holds: false, undecided: true, reason: 'one late answer' }, '? undecided: one late answer'],
  [{ undecided: true }, '? undecided: too few requests to tell'],
  [{ holds: false, trusted: false }, '? undecided: the generator was too slow'],
])('a step that was %j is %s', (overrides, text) => {
  const made = { ...step, ...overrides };
  expect(describeStepOutcome(made)).toBe(text);
  expect(text).toContain(statusOfStep(made));
});

it('names the load of a step', () => {
  expect(describeStepLoad(step)).toBe('2,000 req/s');
  expect(describeStepLoad({ ...step, kind: 'confirmation' })).toBe('confirmation at 2,000 req/s');
  expect(describeStepLoad({ ...step, kind: 'concurrency', vus: 16 })).toBe('16 users');
});

it('has what a capacity rests on, or what ended the search', () => {
  const found = { rate: 1_900, low: 1_850, high: 1_950, atLeast: false, limitedBy: 'target' as const };
  expect(capacityNote(found)).toBe('95 %: 1,850 to 1,950');
  expect(capacityNote({ ...found, atLeast: true, limitedBy: 'generator' })).toBe('limited by the load generator');
  expect(capacityNote({ ...found, rate: null })).toBe('no capacity confirmed: limited by the target');
});
