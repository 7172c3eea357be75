import { expect, it } from 'vitest';
import { runInterval } from '../../../tests/support/factories';
import { memorySentences, summariseMemory } from './memory';

it('sums up pauses and memory of the service, and says nothing where nothing is known', () => {
  const intervals = [
    runInterval({ targetGcMs: 10, targetGcMaxMs: 6, targetRssMb: 80, targetHeapMb: 20 }),
    runInterval({ targetGcMs: 30, targetGcMaxMs: 20, targetRssMb: 120, targetHeapMb: 50 }),
    runInterval({ targetGcMs: null, targetRssMb: 100 }),
  ];
  const summary = summariseMemory(intervals);
  expect(summary).toEqual({
    gcMs: 40,
    gcMaxMs: 20,
    gcShare: 0.02,
    firstRssMb: 80,
    lastRssMb: 100,
    maxRssMb: 120,
    maxHeapMb: 50,
  });
  expect(memorySentences(summary)).toEqual([
    'The service paused 40.0 ms for garbage collection (2.00 % of the time), at most 20.0 ms at once.',
    'Its memory went from 80 to 100 MB, at most 120 MB, of which the JavaScript heap took up to 50 MB.',
  ]);
  expect(memorySentences(summariseMemory([runInterval({ targetGcMs: null, targetRssMb: null })]))).toEqual([]);
});
