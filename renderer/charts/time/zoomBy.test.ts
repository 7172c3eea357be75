import { expect, it } from 'vitest';
import { zoomBy } from './zoomBy';

const minute = [0, 60] as const;

it('shows half as much around the second that is looked at', () => {
  expect(zoomBy(minute, 40, 0.5, minute)).toEqual({ from: 25, to: 55 });
  expect(zoomBy(minute, undefined, 0.5, minute)).toEqual({ from: 15, to: 45 });
});

it('stays within the run', () => {
  expect(zoomBy(minute, 2, 0.5, minute)).toEqual({ from: 0, to: 30 });
  expect(zoomBy(minute, 59, 0.5, minute)).toEqual({ from: 30, to: 60 });
});

it('shows all where twice as much is all there is', () => {
  expect(zoomBy([10, 40], 20, 2, minute)).toBeUndefined();
  expect(zoomBy([10, 20], 15, 2, minute)).toEqual({ from: 5, to: 25 });
});

it('never shows less than four seconds, nor more than a shorter run has', () => {
  expect(zoomBy([10, 15], 12, 0.5, minute)).toEqual({ from: 10, to: 14 });
  expect(zoomBy([0, 3], 1, 0.5, [0, 3])).toBeUndefined();
});
