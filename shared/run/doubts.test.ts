import { describe, expect, it } from 'vitest';
import { runDocument } from '../../tests/support/factories';
import type { ThresholdResult } from '../thresholds/evaluate';
import { doubtsOf, effectText, outcomeText } from './doubts';
import { phraseOf } from './doubtWords';
import type { TrustCheck } from './trustCheck';

const late: TrustCheck = {
  check: 'send-lateness',
  value: 5.75,
  limit: 5,
  unit: 'ms',
  ok: false,
  isNotable: true,
  message: 'Sends were late.',
};
const busy: TrustCheck = { ...late, check: 'other-load', value: 0.74, ok: true, message: 'Others were busy.' };
const quiet: TrustCheck = {
  ...late,
  check: 'clock-step',
  ok: true,
  isNotable: false,
  message: 'The clock was not set.',
};
const open: ThresholdResult = {
  metric: 'http_req_duration',
  expression: 'p(95)<50',
  value: 48,
  ok: true,
  status: 'undecided',
  low: 41,
  high: 56,
  margin: 1.04,
  doubts: [
    { check: 'send-lateness', low: 41, high: 56, message: '', isDecisive: true },
    { check: 'samples', low: 47, high: 49, message: '', isDecisive: false },
  ],
};

describe('the checks of a run', () => {
  it('are what leaves it open first, with what that could have moved and what to do, then what decides nothing', () => {
    const { shown, quietSentence } = doubtsOf(runDocument({ thresholds: [open], trust: [quiet, busy, late] }));
    expect(shown).toEqual([
      {
        check: 'send-lateness',
        effect: 'decisive',
        text: 'Sends were late. It could have moved the P95 response time from 48.0 ms to anywhere between 41.0 and 56.0 ms, across the limit of 50.0 ms. Ask for a lower rate, or free the machine.',
      },
      { check: 'other-load', effect: 'harmless', text: 'Others were busy.' },
    ]);
    expect(quietSentence).toBe('1 check found nothing that matters.');
    expect(shown.map(({ effect }) => effectText(effect))).toEqual(['? leaves it open', '· decides nothing']);
  });

  it('are a number where they found nothing, and nothing where there are none', () => {
    expect(doubtsOf(runDocument({ trust: [quiet, quiet] }))).toMatchObject({
      shown: [],
      quietSentence: 'All 2 checks found nothing that matters.',
    });
    expect(doubtsOf(runDocument({ trust: [] })).quietSentence).toBeUndefined();
  });

  it('of an old document are quiet where they held and leave it open where they did not', () => {
    const { isNotable: _unknown, ...old } = late;
    const { shown, quiet: rest } = doubtsOf(
      runDocument({ thresholds: [], trust: [old, { ...old, check: 'samples', ok: true }] }),
    );
    expect(shown).toEqual([
      {
        check: 'send-lateness',
        effect: 'decisive',
        text: 'Sends were late. Ask for a lower rate, or free the machine.',
      },
    ]);
    expect(rest).toHaveLength(1);
  });
});

describe('what keeps a threshold open', () => {
  const baseline = { runId: 'base', value: 40, limit: 40, isSure: false };

  it.each<[string, ThresholdResult, string]>([
    ['the decisive doubts alone', open, ': 5.75 ms of send lateness'],
    ['nothing where it is decided', { ...open, status: 'passed' }, '4 % below'],
    ['noise', { ...open, doubts: [], baseline }, ': a difference that noise alone can make'],
    [
      'a baseline of another machine',
      { ...open, doubts: [], baseline: { ...baseline, doubt: 'made elsewhere' } },
      ': a baseline that tells nothing for sure',
    ],
    [
      'no baseline',
      { ...open, doubts: [], baseline: { ...baseline, value: null, limit: null } },
      ': no such figure in a baseline',
    ],
    ['a short run', { ...open, expression: 'growth(p(95))<50', doubts: [] }, ': a run that is too short to tell'],
  ])('is %s', (_what, threshold, end) => {
    const chance: TrustCheck = { ...quiet, check: 'samples' };
    expect(outcomeText(threshold, [chance, late, busy]).endsWith(end)).toBe(true);
  });
});

it.each<[TrustCheck['check'], number, string]>([
  ['unanswered', 0.012, '1.20 % of requests without a right answer'],
  ['generator-utilisation', 0.99, 'a generator at 99 % of its core'],
  ['generator-gc', 0.12, 'garbage collection of the generator in 12 % of the time'],
  ['steady-state', 3.2, 'a first tenth that was 3.2 times slower than the rest'],
  ['steady-state', 0.25, 'a first tenth that was 4.0 times faster than the rest'],
  ['drift', 1.8, 'a response time that ended at 1.8 times its start'],
  ['littles-law', 0.6, "40 % of the users' time in the generator"],
  ['target-restarted', 3, 'a target that was away for 3 s'],
  ['baseline', 2, '2 thresholds no surer than noise'],
])('%s of %d is "%s" in a sentence', (check, value, phrase) => {
  expect(phraseOf({ ...late, check, value })).toBe(phrase);
});
