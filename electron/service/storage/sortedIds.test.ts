import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedIds } from './sortedIds';

describe('SortedIds', () => {
  it('is a sorted set, whatever is added and removed, however many there are', () => {
    const id = fc.integer({ min: 0, max: 4_000 }).map((number) => `d${number}`);
    fc.assert(
      fc.property(fc.array(id, { maxLength: 4_000, size: 'max' }), fc.array(id), id, (added, removed, after) => {
        const ids = new SortedIds();
        const model = new Set<string>();
        for (const one of added) {
          if (!model.has(one)) ids.add(one);
          model.add(one);
        }
        for (const one of removed) {
          ids.remove(one);
          model.delete(one);
        }
        const sorted = [...model].sort();
        expect(ids.size).toBe(sorted.length);
        expect(ids.page(undefined, 10_000)).toEqual(sorted);
        expect(ids.page(after, 7)).toEqual(sorted.filter((one) => one > after).slice(0, 7));
      }),
      { numRuns: 50 },
    );
  });
});
