import { expect, it } from 'vitest';
import { isolatedPoints } from './isolatedPoints';

it('a value is isolated when no value is beside it, at the ends as well', () => {
  expect(isolatedPoints([5, null, 6, 7, null, 0, undefined, 9])).toEqual([0, 5, 7]);
  expect(isolatedPoints([1, 2])).toEqual([]);
  expect(isolatedPoints([3])).toEqual([0]);
  expect(isolatedPoints([null, null])).toEqual([]);
});
