import { expect, it } from 'vitest';
import { parseProcessorTimes } from './processorTimes';

it('reads what all processors did, what was withheld apart, and interrupts as nobody’s', () => {
  const text = 'cpu  100 10 50 800 20 3 7 40 90 5\ncpu0 1 1 1 1 1 1 1 1 1 1\nintr 1\n';
  // Guest time, 90 and 5, is already part of the first two figures.
  expect(parseProcessorTimes(text)).toEqual({ busy: 160, steal: 40, total: 1_030 });
  expect(parseProcessorTimes('')).toBeUndefined();
});
