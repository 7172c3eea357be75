import { decodeHdr } from '../../electron/hdr/hdrCodec';
import type { MachineUse } from '../../electron/measure/machineUse';
import { metricSource } from '../../electron/measure/metricSource';
import type { RecordedSecond } from '../../electron/measure/recordedSecond';
import { RunTotals } from '../../electron/measure/runTotals';
import { judgeMeasurement } from '../../electron/measure/trust/checkTrust';
import type { RunDocument } from '../../shared/run/document';
import { type RunInterval, requestPhases } from '../../shared/run/metrics';
import type { TrustCheck } from '../../shared/run/trustCheck';
import { judge, type Verdict } from '../../shared/run/verdict';
import { LatencyHistogram, type SparseHistogram } from '../../shared/statistics/latencyHistogram';
import { evaluateRules, type ThresholdResult } from '../../shared/thresholds/evaluate';
import type { ThresholdRule } from '../../shared/thresholds/rules';
import type { SavedRun } from './savedRuns';

/** What a saved run comes to by the rules of today. */
export interface NewJudgement {
  verdict: Verdict;
  thresholds: ThresholdResult[];
  trust: TrustCheck[];
  /** What could not be known any more, as sentences. */
  unknown: string[];
}

/**
 * The response times of a second of which only its percentiles were kept: as many values, evenly between these. Good
 * enough for how the seconds of a run differ; values of the whole come from its own distribution.
 */
function drawnSecond({ count, failed, p50, p95, p99, max }: RunInterval): LatencyHistogram {
  const histogram = new LatencyHistogram();
  if (p50 === null || p95 === null || p99 === null || max === null) return histogram;
  const points = [
    [0, p50 / 2],
    [0.5, p50],
    [0.95, p95],
    [0.99, p99],
    [1, max],
  ] as const;
  const valueAt = (quantile: number): number => {
    const above = points.findIndex(([at]) => at >= quantile);
    const [to, toMs] = points[above] ?? [1, max];
    const [from, fromMs] = points[above - 1] ?? [0, p50 / 2];
    return fromMs + ((quantile - from) / (to - from)) * (toMs - fromMs);
  };
  const values = count - failed;
  for (let place = 0; place < values; place += 1) histogram.record(valueAt((place + 0.5) / values) * 1000);
  return histogram;
}

function histogramOfSparse(sparse: SparseHistogram): LatencyHistogram {
  const histogram = new LatencyHistogram();
  histogram.mergeSparse(sparse);
  return histogram;
}

function recordedSeconds({ document, responses }: SavedRun): RecordedSecond[] {
  const none = new LatencyHistogram();
  return document.intervals.map((interval) => {
    const ofSecond = responses.filter(({ t }) => t === interval.t);
    const response =
      responses.length > 0
        ? ofSecond.map(({ operation, histogram }) => [operation, histogramOfSparse(histogram)] as const)
        : [['all', drawnSecond(interval)] as const];
    return {
      interval,
      response: new Map(response),
      service: none,
      lateness: none,
      stages: new Map(),
      phases: new Map(),
      serverTiming: new Map(),
      parts: new Map(),
    };
  });
}

/** The seconds of a run added up; distributions of the whole are its own. */
function totalsOf(run: SavedRun): RunTotals {
  const { scenario, histograms } = run.document;
  const totals = new RunTotals(scenario);
  for (const second of recordedSeconds(run)) totals.add(second);
  for (const [histogram, text] of [
    [totals.response, histograms.http_req_duration],
    [totals.service, histograms.http_req_service],
    [totals.lateness, histograms.send_lateness],
  ] as const) {
    histogram.reset();
    histogram.merge(decodeHdr(text));
  }
  return totals;
}

/** Why a threshold can't be judged again; undefined when it can. */
function whyUnknown({ threshold }: ThresholdRule, { responses }: SavedRun): string | undefined {
  const { metric, operation, stage, isRelative } = threshold;
  if (isRelative) return 'the run that it is held against';
  if (stage !== undefined) return 'the response times by stage';
  if (requestPhases.some((phase) => phase === metric)) return 'the distribution of a part of the request';
  return operation !== undefined && responses.length === 0 ? 'the response times by operation' : undefined;
}

/** The time of the load, which the rate of requests was made with. */
function measuredMsOf({ metrics: { http_reqs }, intervals }: RunDocument): number {
  const { count, late = 0, rate } = http_reqs;
  return rate > 0 ? ((count - late) / rate) * 1000 : intervals.filter(({ isDraining }) => !isDraining).length * 1000;
}

function checkOf({ trust }: RunDocument, name: TrustCheck['check']): number | undefined {
  return trust.find(({ check }) => check === name)?.value;
}

/** As much of it as an old check says; how the target was scheduled was never kept. */
function machineOf(document: RunDocument): MachineUse | undefined {
  const otherShare = checkOf(document, 'other-load');
  return otherShare === undefined ? undefined : { otherShare, idleShare: 0, stealShare: 0 };
}

/**
 * Judges a saved run by the rules of today. Undefined for one whose verdict rests on more than a run: a capacity
 * search, and one that did not come to its end.
 */
export function judgeAgain(run: SavedRun): NewJudgement | undefined {
  const { document } = run;
  const { scenario, integrity, verdict, environment, calibration, backend } = document;
  if (document.capacity || verdict === 'aborted' || verdict === 'interrupted') return undefined;
  const totals = totalsOf(run);
  const measuredMs = measuredMsOf(document);
  const left = totals.rules.flatMap((rule) => {
    const why = whyUnknown(rule, run);
    return why === undefined ? [] : [{ rule, why }];
  });
  const rules = totals.rules.filter((rule) => !left.some((other) => other.rule === rule));
  const kept = left.flatMap(({ rule: { metric, expression } }) =>
    document.thresholds.filter((result) => result.metric === metric && result.expression === expression),
  );
  const { thresholds, trust } = judgeMeasurement(evaluateRules(rules, metricSource(totals, measuredMs, integrity)), {
    scenario,
    measuredMs,
    totals,
    calibration,
    cores: environment.cores,
    backend,
    machine: machineOf(document),
    machineUnknown: 'the saved run does not say',
    clockStepMs: checkOf(document, 'clock-step'),
  });
  const all = [...thresholds, ...kept];
  const unknown = left.map(({ rule, why }) => `${rule.metric} ${rule.expression} as it was: ${why} were not kept.`);
  if (run.responses.length === 0) unknown.push('Seconds by their percentiles only.');
  const newVerdict = judge(all, trust, integrity, totals.completed - totals.failed);
  return { verdict: newVerdict, thresholds: all, trust, unknown };
}
