import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOfMs } from '../../tests/support/factories';
import { evaluateRules, latencyLimits, measuredValue, type RunMetricSource, type ThresholdResult } from './evaluate';
import { metricKinds, parseThreshold, splitThresholdOption } from './parse';
import { rulesOf, rulesOfRun, type Thresholds } from './rules';
import { kindOf, rowStatistics, rowsOf, thresholdsOf } from './thresholdRow';

const source: RunMetricSource = {
  trend: (metric, { operation }) => {
    if (metric === 'send_lateness' || operation === 'insert') return histogramOfMs();
    return histogramOfMs(...Array.from({ length: 100 }, (_, index) => index + 1));
  },
  share: (metric) =>
    ({ http_req_failed: { count: 1, of: 1_000 }, http_reqs: { count: 600, of: 30 } })[metric as string] ?? {
      count: 0,
      of: 0,
    },
  baseline: () => undefined,
  secondsHeld: ({ expression }) => ({ count: expression.includes('p(95)') ? 57 : 0, of: 60 }),
  growth: () => undefined,
};

function evaluateThresholds(thresholds: Thresholds, from: RunMetricSource): ThresholdResult[] {
  return evaluateRules(rulesOf(thresholds), from);
}

describe('parseThreshold', () => {
  it.each([
    ['http_req_duration', 'p(95)<50'],
    ['http_req_duration', 'p(99.9) <= 100.5'],
    ['http_req_duration{operation:read}', 'med<5'],
    ['http_req_failed', 'rate<0.001'],
    ['http_reqs', 'count>=6000'],
    ['cache_hit', ' rate > 0.85 '],
    ['http_req_duration{operation:GET /a b}', 'p(95)<50'],
    ['http_req_duration{stage:2}', 'p(95)<50'],
    ['http_req_failed{stage:0}', 'rate<0.01'],
    ['http_req_waiting', 'p(95)<50'],
    ['http_req_duration', 'seconds(p(95)<50)>=0.95'],
    ['http_reqs', 'seconds( rate >= 190 ) > 0.9'],
    ['target_memory', 'growth<0.3'],
    ['http_req_duration', 'growth( p(95) ) <= 0.5'],
  ])('reads %s %s', (metric, expression) => {
    expect(parseThreshold(metric, expression).ok).toBe(true);
  });

  it.each([
    ['nonsense', 'p(95)<50', 'no metric nonsense'],
    ['http_req_duration', 'p95<50', 'is not a threshold'],
    ['http_req_duration', 'rate<50', 'has no rate'],
    ['http_req_failed', 'p(95)<1', 'has no p(95)'],
    ['http_req_duration', 'p(101)<50', 'not a percentile'],
    ['http_req_duration', 'p(95)<', 'is not a threshold'],
    ['cache_hit{operation:read}', 'rate>0', 'not kept per operation'],
    ['cache_hit{stage:1}', 'rate>0', 'not kept per stage'],
    ['http_req_duration{stage:one}', 'p(95)<50', 'no metric'],
    ['http_req_waiting', 'seconds(p(95)<50)>=0.95', 'not judged per second'],
    ['http_req_duration', 'seconds(p(95)<50)>=95', 'not a share'],
    ['http_req_duration', 'seconds(fast)>=0.9', 'is not a threshold'],
    ['target_memory', 'growth(p(95))<0.3', 'has no growth(p(95))'],
    ['target_memory', 'rate<0.3', 'has no rate'],
    ['target_memory{operation:read}', 'growth<0.3', 'not kept per operation'],
    ['http_req_duration', 'growth<0.3', 'has no growth'],
    ['http_req_duration', 'growth(p(101))<0.3', 'not a percentile'],
    ['http_req_duration{stage:1}', 'growth(p(95))<0.3', 'that of the whole run'],
    ['http_req_duration', 'growth(p(95))<baseline', 'that of the whole run'],
    ['http_req_duration', 'seconds(growth(p(95))<0.3)>0.5', 'that of the whole run'],
    ['http_req_waiting', 'growth(p(95))<0.3', 'is not judged'],
  ])('refuses %s %s', (metric, expression, reason) => {
    const parsed = parseThreshold(metric, expression);
    expect(parsed.ok ? '' : parsed.error.message).toContain(reason);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom(...Object.keys(metricKinds))),
        fc.string(),
        (metric, expression) => {
          expect(typeof parseThreshold(metric, expression).ok).toBe('boolean');
        },
      ),
    );
  });

  it('splits the option of the command line at the first colon outside braces', () => {
    expect(splitThresholdOption('http_req_duration{operation:read}:p(95)<50')).toEqual([
      'http_req_duration{operation:read}',
      'p(95)<50',
    ]);
    expect(splitThresholdOption('p(95)<50')).toBeUndefined();
  });
});

describe('evaluateThresholds', () => {
  it('judges percentiles, rates and counters on their values', () => {
    const results = evaluateThresholds(
      {
        http_req_duration: ['p(95)<95', 'p(95)<=96', 'max==100'],
        http_req_failed: ['rate<0.001', 'rate<=0.001'],
        http_reqs: ['count>=600', 'rate==20'],
      },
      source,
    );
    expect(results.map(({ ok }) => ok)).toEqual([false, true, true, false, true, true, true]);
    expect(results[0]?.value).toBeCloseTo(95, 0);
  });

  it('judges the share of seconds in which a threshold held', () => {
    const results = evaluateThresholds(
      { http_req_duration: ['seconds(p(95)<50)>=0.95', 'seconds(p(95)<50)>0.95', 'seconds(p(99)<50)>=0.01'] },
      source,
    );
    expect(results.map(({ value, ok }) => [value, ok])).toEqual([
      [0.95, true],
      [0.95, false],
      [0, false],
    ]);
  });

  it('takes both notations, and remembers which threshold ends the run', () => {
    const rules = rulesOf({
      http_reqs: ['count>1', { threshold: 'rate>1', abortOnFail: true, delayAbortEval: '10s' }],
    });
    expect(rules.map(({ expression, abortOnFail, delayMs }) => [expression, abortOnFail, delayMs])).toEqual([
      ['count>1', false, 0],
      ['rate>1', true, 10_000],
    ]);
  });

  it('fails a latency without samples, but leaves out what does not apply to the run', () => {
    const results = evaluateThresholds(
      { 'http_req_duration{operation:insert}': ['p(95)<50'], cache_hit: ['rate>0.85'], send_lateness: ['p(99)<1'] },
      source,
    );
    expect(results).toEqual([
      { metric: 'http_req_duration{operation:insert}', expression: 'p(95)<50', value: null, ok: false },
    ]);
  });
});

describe('rulesOfRun', () => {
  it('holds failures against 1 % where no threshold covers them, and says that nobody wrote it', () => {
    const rules = rulesOfRun({ http_req_duration: ['p(95)<500'] });
    expect(
      evaluateRules(rules, source).map(({ metric, expression, ok, isImplicit }) => [
        metric,
        expression,
        ok,
        isImplicit,
      ]),
    ).toEqual([
      ['http_req_duration', 'p(95)<500', true, undefined],
      ['http_req_failed', 'rate<0.01', true, true],
    ]);
    const failing = { ...source, share: () => ({ count: 25, of: 25 }) };
    expect(evaluateRules(rulesOfRun({}), failing)).toEqual([
      { metric: 'http_req_failed', expression: 'rate<0.01', value: 1, ok: false, isImplicit: true },
    ]);
    expect(evaluateRules(rulesOfRun({}), { ...source, share: () => ({ count: 0, of: 0 }) })).toEqual([]);
  });

  it.each<Thresholds>([
    { http_req_failed: ['rate<0.5'] },
    { 'http_req_failed{operation:read}': ['rate<0.5'] },
    { 'http_req_failed{stage:0}': ['rate<0.5'] },
    { http_req_failed: ['seconds(rate<0.01)>0.9'] },
  ])('adds nothing to %j, which covers failures', (thresholds) => {
    expect(rulesOfRun(thresholds)).toEqual(rulesOf(thresholds));
  });
});

describe('a growth', () => {
  function judged(low: number, value: number, high: number): ThresholdResult[] {
    const growing: RunMetricSource = { ...source, growth: () => ({ value, low, high }) };
    return evaluateThresholds({ target_memory: ['growth<0.3'] }, growing);
  }

  it('is judged by its interval, and undecided where that has the limit within it', () => {
    expect(judged(0.05, 0.1, 0.2)).toMatchObject([{ value: 0.1, ok: true, status: 'passed', low: 0.05, high: 0.2 }]);
    expect(judged(0.35, 0.4, 0.5)).toMatchObject([{ value: 0.4, ok: false, status: 'failed' }]);
    expect(judged(0.2, 0.25, 0.4)).toMatchObject([{ ok: true, status: 'undecided' }]);
    expect(judged(Number.NEGATIVE_INFINITY, 0.4, Number.POSITIVE_INFINITY)).toMatchObject([
      { ok: false, status: 'undecided', low: null, high: null },
    ]);
  });

  it('is left out where it is not known', () => {
    expect(evaluateThresholds({ target_memory: ['growth<0.3'] }, source)).toEqual([]);
  });

  it('is none of a part of a run: a trend there is no mean', () => {
    const [rule] = rulesOf({ http_req_duration: ['growth(p(95))<0.5'] });
    if (!rule) throw new Error('no rule');
    expect(measuredValue(rule.threshold, source)).toBeNull();
  });

  it('is a row of a form like others', () => {
    const thresholds = { target_memory: ['growth<0.3'], http_req_duration: ['growth(p(95))<=0.5'] };
    expect(rowsOf(thresholds).map(({ statistic, value }) => [statistic, value])).toEqual([
      ['growth', '0.3'],
      ['growth(p(95))', '0.5'],
    ]);
    expect(thresholdsOf(rowsOf(thresholds))).toEqual(thresholds);
    expect(rowStatistics[kindOf('target_memory')]).toEqual(['growth']);
  });
});

describe('latencyLimits', () => {
  it('finds the upper bounds on percentiles', () => {
    expect(latencyLimits({ http_req_duration: ['p(95)<50', 'avg<5', 'p(50)>1', 'seconds(p(99)<9)>0.5'] })).toEqual([
      { percentile: 95, limitMs: 50 },
    ]);
  });
});
