import { expect, it } from 'vitest';
import type { Moment } from '../../../shared/moments/moments';
import type { MomentText } from '../../../shared/report/sections/moments';
import { worstMoment } from './worstMoment';

function momentText(moment: Partial<Moment>): MomentText {
  const full: Moment = {
    kind: 'spike',
    t: 1,
    durationS: 1,
    p99Ms: 10,
    usualMs: 5,
    slowed: 1,
    lost: {},
    causes: [],
    ...moment,
  };
  return { moment: full, time: '', text: '' };
}

it('is the moment with the highest P99, but for those that lost requests, and no change for good', () => {
  const [slow, slower] = [momentText({ p99Ms: 40 }), momentText({ p99Ms: 90, t: 7 })];
  const level = momentText({ kind: 'level', p99Ms: 500 });
  const lost = momentText({ p99Ms: null, lost: { timeout: 3 }, t: 9 });
  const gap = momentText({ kind: 'gap', p99Ms: null, t: 12 });
  expect(worstMoment([])).toBeUndefined();
  expect(worstMoment([level])).toBeUndefined();
  expect(worstMoment([slow, level, slower])).toBe(slower);
  expect(worstMoment([lost, slower])).toBe(lost);
  expect(worstMoment([slow, gap, slower])).toBe(gap);
});
