import { expect, it } from 'vitest';
import { madeRun, madeSecond, momentSource, quiet, withPause } from '../../../tests/support/madeSeconds';
import { momentTexts } from '../sections/moments';
import { momentMarks } from './momentMarks';

const paused = (t: number) => (latenciesMs: number[]) => madeSecond(t, withPause(latenciesMs, 200));

it('marks the seconds of each moment, with its time and what happened', () => {
  const run = madeRun(60, quiet, { 20: paused(20), 41: paused(41), 42: paused(42) });
  expect(momentMarks(momentTexts(momentSource(run)).shown)).toEqual([
    { fromS: 19, toS: 20, text: expect.stringMatching(/^0:20 no cause was sampled: \d+ requests waited, P99 /) },
    { fromS: 40, toS: 42, text: expect.stringMatching(/^0:41 for 2 s no cause/) },
  ]);
});
