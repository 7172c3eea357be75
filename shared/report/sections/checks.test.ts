import { describe, expect, it } from 'vitest';
import { runDocument } from '../../../tests/support/factories';
import type { RunDocument } from '../../run/document';
import { type TrustCheck, trustCheckSchema } from '../../run/trustCheck';
import type { ThresholdResult } from '../../thresholds/evaluate';
import { nameOfCheck, phraseOf } from '../wording/describeCheck';
import { checkSection, findingsOf } from './checks';
import { doubtTexts, outcomeText, thresholdOutcome } from './thresholds';

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

/** Returns what is shown on request, and its summary. */
function quietOf(document: RunDocument) {
  const blocks = checkSection(document).flatMap((section) => section.blocks);
  return blocks.flatMap((block) => (block.kind === 'details' ? block : []));
}

describe('the doubts of a threshold', () => {
  it('are those that block the verdict first, each with what it rests on', () => {
    const [harmless, decisive] = [
      { check: 'samples', low: 47, high: 49, message: 'Chance moves it by 1 ms.', isDecisive: false },
      { check: 'send-lateness', low: 41, high: 56, message: 'Sends were late.', isDecisive: true },
    ];
    const threshold = { ...open, doubts: [harmless, decisive] };
    const texts = doubtTexts(threshold, runDocument({ thresholds: [threshold], trust: [late] }));
    expect(texts).toEqual([
      {
        check: 'send-lateness',
        name: 'send lateness',
        isDecisive: true,
        effectText: '? blocks the verdict',
        evidence: [
          'Sends were late.',
          'It could have moved the P95 response time from 48.0 ms to anywhere between 41.0 and 56.0 ms, across the limit of 50.0 ms.',
          'Use a lower rate, or close other programs.',
        ],
      },
      {
        check: 'samples',
        name: 'random variation',
        isDecisive: false,
        effectText: '· no effect',
        evidence: ['Chance moves it by 1 ms.'],
      },
    ]);
  });

  it('are none where nothing is known of any', () => {
    const { doubts, ...old } = open;
    expect(doubts).toHaveLength(2);
    expect(doubtTexts(old, runDocument({ thresholds: [old] }))).toEqual([]);
  });
});

describe('the checks of a run', () => {
  it('are what leaves it open first, with what that could have moved and what to do, then what has no effect', () => {
    const document = runDocument({ thresholds: [open], trust: [quiet, busy, late] });
    expect(findingsOf(document)).toEqual([
      {
        label: 'send lateness',
        effect: 'decisive',
        effectText: '? blocks the verdict',
        value:
          'Sends were late. It could have moved the P95 response time from 48.0 ms to anywhere between 41.0 and 56.0 ms, across the limit of 50.0 ms. Use a lower rate, or close other programs.',
      },
      { label: 'other load', effect: 'harmless', effectText: '· no effect', value: 'Others were busy.' },
    ]);
    expect(quietOf(document)).toEqual([
      {
        kind: 'details',
        summary: '1 check found nothing that matters.',
        facts: [{ label: 'clock step', value: 'The clock was not set.' }],
      },
    ]);
  });

  it('are a number where they found nothing, and nothing where there are none', () => {
    const document = runDocument({ trust: [quiet, quiet] });
    expect(findingsOf(document)).toEqual([]);
    expect(quietOf(document)).toMatchObject([{ summary: 'All 2 checks found nothing that matters.' }]);
    expect(quietOf(runDocument({ trust: [] }))).toEqual([]);
  });

  it('of an old document are quiet where they held and leave it open where they did not', () => {
    const { isNotable: _unknown, ...old } = late;
    const document = runDocument({ thresholds: [], trust: [old, { ...old, check: 'samples', ok: true }] });
    expect(findingsOf(document)).toMatchObject([
      {
        label: 'send lateness',
        effect: 'decisive',
        value: 'Sends were late. Use a lower rate, or close other programs.',
      },
    ]);
    expect(quietOf(document)).toMatchObject([{ facts: [{ label: 'random variation' }] }]);
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
      ': a baseline that cannot decide it',
    ],
    [
      'no baseline',
      { ...open, doubts: [], baseline: { ...baseline, value: null, limit: null } },
      ': no such metric in the baseline',
    ],
    ['a short run', { ...open, expression: 'growth(p(95))<50', doubts: [] }, ': a run that is too short to tell'],
  ])('is %s', (_what, threshold, end) => {
    const chance: TrustCheck = { ...quiet, check: 'samples' };
    expect(outcomeText(threshold, { verdict: 'inconclusive', trust: [chance, late, busy] }).endsWith(end)).toBe(true);
  });

  it.each(['aborted', 'interrupted'] as const)('is the end of a run that was %s', (verdict) => {
    const document = runDocument({ verdict, thresholds: [{ ...open, status: 'passed', doubts: [] }] });
    expect(thresholdOutcome({ ...open, status: 'passed', doubts: [] }, document)).toMatchObject({
      status: 'undecided',
      statusText: '? undecided',
      value: '48.0 ms (41.0 to 56.0 ms), limit 50.0 ms, 4 % below: a run that did not complete',
    });
  });

  it('is what was not trusted in an inconclusive document of before thresholds had a status', () => {
    const { status: _unknown, doubts: _none, low: _low, high: _high, margin: _margin, ...old } = open;
    const document = runDocument({ verdict: 'inconclusive', thresholds: [old], trust: [late, quiet] });
    expect(thresholdOutcome(old, document)).toMatchObject({
      status: 'undecided',
      value: '48.0 ms, limit 50.0 ms: 5.75 ms of send lateness',
    });
  });
});

it.each<[TrustCheck['check'], number, string]>([
  ['unanswered', 0.012, '1.20 % of requests without a successful response'],
  ['generator-utilisation', 0.99, 'a generator at 99 % of its core'],
  ['generator-gc', 0.12, 'garbage collection of the generator in 12 % of the time'],
  ['steady-state', 3.2, 'a first tenth that was 3.2 times slower than the rest'],
  ['steady-state', 0.25, 'a first tenth that was 4.0 times faster than the rest'],
  ['drift', 1.8, 'a response time that changed to 1.8 times its first value'],
  ['littles-law', 0.6, "40 % of the users' time in the generator"],
  ['target-restarted', 3, 'a target that restarted during the run (away for 3 s)'],
  ['baseline', 2, '2 thresholds within the noise'],
])('%s of %d is "%s" in a sentence', (check, value, phrase) => {
  expect(phraseOf({ ...late, check, value })).toBe(phrase);
});

describe('the name of a check', () => {
  it.each(trustCheckSchema.shape.check.options)('is made of words: %s', (check) => {
    expect(nameOfCheck(check)).toMatch(/^[A-Za-z' -]+$/);
    if (check.includes('-')) expect(nameOfCheck(check)).not.toBe(check);
  });

  it('is another for each check, and that of the glossary', () => {
    const names = trustCheckSchema.shape.check.options.map(nameOfCheck);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('send lateness');
  });

  it('is read as words where this version does not know the check', () => {
    expect(nameOfCheck('disk-speed')).toBe('disk speed');
    expect(nameOfCheck('toString')).toBe('toString');
  });
});
