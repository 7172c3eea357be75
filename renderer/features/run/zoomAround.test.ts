import { expect, it } from 'vitest';
import { zoomAround } from './zoomAround';

it('shows ten seconds on both sides of a moment', () => {
  expect(zoomAround({ t: 98, durationS: 1 }, 120)).toEqual({ from: 87, to: 108 });
});

it('shows half of its length on both sides of a long one', () => {
  expect(zoomAround({ t: 101, durationS: 60 }, 600)).toEqual({ from: 70, to: 190 });
});

it('stays within the run', () => {
  expect(zoomAround({ t: 3, durationS: 1 }, 120)).toEqual({ from: 0, to: 13 });
  expect(zoomAround({ t: 119, durationS: 1 }, 120)).toEqual({ from: 108, to: 120 });
});
