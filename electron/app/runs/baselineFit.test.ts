import { describe, expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import { evaluateRules } from '../../../shared/thresholds/evaluate';
import { rulesOf } from '../../../shared/thresholds/rules';
import { environment, histogramOfMs, level, runDocument } from '../../../tests/support/factories';
import { encodeHdr } from '../../hdr/hdrCodec';
import { RunBaseline } from '../../measure/baseline';
import { baseline as check } from '../../measure/trust/baseline';
import { caveatsOf, type RunToHold } from './baselineFit';

const run: RunToHold = { scenario: level('level-2'), target: engineConfig('memory'), environment };
const passed = runDocument({ verdict: 'passed' });

describe('a baseline', () => {
  it('of the same machine, scenario and target has no caveats, however long it ran', () => {
    expect(caveatsOf(passed, run)).toEqual({ warnings: [], doubt: undefined });
    const { load } = run.scenario;
    if (load.executor !== 'constant-arrival-rate') throw new Error('level 2 has another load');
    const shorter = { ...run.scenario, load: { ...load, duration: '2s' }, seed: 7 };
    expect(caveatsOf(passed, { ...run, scenario: shorter })).toEqual({ warnings: [], doubt: undefined });
  });

  it.each([
    [runDocument({ verdict: 'inconclusive' }), 'it is inconclusive'],
    [runDocument({ verdict: 'aborted', reason: 'The target was gone.' }), 'The target was gone.'],
    [runDocument({ verdict: 'interrupted' }), 'did not complete'],
    [runDocument({ verdict: 'passed', scenario: level('level-3') }), 'it ran level-3, and this is level-2'],
  ])('is refused when it proves nothing here', (document, why) => {
    expect(() => caveatsOf(document, run)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining(why),
        details: { about: 'baseline' },
      }),
    );
  });

  it('of the same requests has no caveats, although it was kept without their secrets', () => {
    const requests = (token: string): RunToHold['scenario']['requests'] => [
      { url: `/a?token=${token}`, weight: 1, method: 'GET', headers: {} },
    ];
    const kept = { ...passed, scenario: { ...passed.scenario, requests: requests('***') } };
    const asked = { ...run, scenario: { ...run.scenario, requests: requests('typed') } };
    expect(caveatsOf(kept, asked)).toEqual({ warnings: [], doubt: undefined });
  });

  it('of another machine, on battery or of other work makes nothing sure, and says so', () => {
    const elsewhere = runDocument({ verdict: 'passed', environment: { ...environment, cpu: 'another' } });
    expect(caveatsOf(elsewhere, run).doubt).toMatch(/another machine: processor \(another, 2 cores; test, 2 cores\)/);
    const onBattery = runDocument({ verdict: 'passed', environment: { ...environment, power: 'battery' } });
    expect(caveatsOf(onBattery, run).doubt).toContain('on battery');
    const harder = { ...run.scenario, operations: { ...run.scenario.operations, query: 90 } };
    expect(caveatsOf(passed, { ...run, scenario: harder }).warnings).toEqual([
      expect.stringContaining('another load, mix, data or cache'),
    ]);
  });

  it('of another target is told of, and can be what a run is held against', () => {
    const { warnings, doubt } = caveatsOf(passed, { ...run, target: engineConfig('sqlite') });
    expect(warnings).toEqual(['the baseline is a run of another target: memory, and this is sqlite.']);
    expect(doubt).toBeUndefined();
  });

  it('that makes nothing sure makes the run inconclusive, whether its threshold holds or not', () => {
    const latencies = histogramOfMs(...Array.from({ length: 1_000 }, (_, index) => index + 1));
    const document = runDocument({
      verdict: 'passed',
      environment: { ...environment, cpu: 'another' },
      histograms: { ...passed.histograms, http_req_duration: encodeHdr(latencies) },
    });
    const against = new RunBaseline(document, undefined, caveatsOf(document, run));
    for (const expression of ['p(95)<=baseline*2', 'p(95)<=baseline*0.1']) {
      const thresholds = evaluateRules(rulesOf({ http_req_duration: [expression] }), {
        trend: () => latencies,
        share: () => ({ count: 0, of: 0 }),
        secondsHeld: () => ({ count: 0, of: 0 }),
        growth: () => undefined,
        baseline: (rule) => against.limitOf(rule),
      });
      expect(thresholds[0]?.baseline).toMatchObject({
        isSure: false,
        doubt: expect.stringContaining('another machine'),
      });
      expect(check(thresholds)).toMatchObject({ ok: false, message: expect.stringContaining('another machine') });
    }
  });
});
