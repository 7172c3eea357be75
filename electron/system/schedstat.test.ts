import { expect, it } from 'vitest';
import { parseSchedstat } from './schedstat';

it('reads times in nanoseconds and the number of slices', () => {
  expect(parseSchedstat('55797000 5521000 21\n')).toEqual({ cpuMs: 55.797, runDelayMs: 5.521, timeslices: 21 });
  expect(parseSchedstat('')).toBeUndefined();
  expect(parseSchedstat('1 2\n')).toBeUndefined();
});
