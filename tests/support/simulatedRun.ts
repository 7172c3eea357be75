import type { MachineUse } from '../../electron/measure/machineUse';
import { metricSource } from '../../electron/measure/metricSource';
import type { RecordedSecond } from '../../electron/measure/recordedSecond';
import { RunTotals } from '../../electron/measure/runTotals';
import { type Judgement, judgeMeasurement } from '../../electron/measure/trust/checkTrust';
import type { MeasurementFacts } from '../../electron/measure/trust/facts';
import type { RunInterval } from '../../shared/run/metrics';
import { judge, type Verdict } from '../../shared/run/verdict';
import { type Scenario, scenarioSchema } from '../../shared/scenario/schema';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { type Random, seededStream } from '../../shared/statistics/random';
import { evaluateRules } from '../../shared/thresholds/evaluate';
import { runInterval } from './factories';

/** A second of a run, as a test makes it up; times in ms. */
export interface SimulatedSecond {
  /** Service times of the requests that succeed. */
  serviceMs: number[];
  /** How late each was sent; 0 without. */
  latenessMs?: number[];
  /** Failures by kind. */
  errors?: Record<string, number>;
  dropped?: number;
  interval?: Partial<RunInterval>;
}

/** A run that a test makes up. */
export interface SimulatedRun {
  thresholds?: Scenario['thresholds'];
  load?: Scenario['load'];
  seconds: number;
  seed?: number;
  second(random: Random, number: number): SimulatedSecond;
  machine?: MachineUse;
  facts?: Partial<MeasurementFacts>;
}

function recorded(number: number, isOpen: boolean, simulated: SimulatedSecond): RecordedSecond {
  const { serviceMs, latenessMs = [], errors = {}, dropped = 0, interval = {} } = simulated;
  const [response, service, lateness] = [new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram()];
  serviceMs.forEach((timeMs, index) => {
    const lateMs = latenessMs[index] ?? 0;
    response.record((timeMs + lateMs) * 1000);
    service.record(timeMs * 1000);
    if (isOpen) lateness.record(lateMs * 1000);
  });
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
  const count = serviceMs.length + failed;
  return {
    interval: runInterval({
      t: number,
      count,
      rate: count,
      failed,
      errors,
      errorsByOperation: failed > 0 ? { request: errors } : {},
      dropped,
      sent: count,
      asked: isOpen ? count + dropped : null,
      inFlight: 5,
      generatorUtilisation: 0.1,
      ...interval,
    }),
    response: new Map([['request', response]]),
    service,
    lateness,
    stages: new Map(),
    phases: new Map(),
    serverTiming: new Map(),
    parts: new Map(),
  };
}

/** Judges a run of made-up seconds as a real one is judged. */
export function judgeSimulated(run: SimulatedRun): Judgement & { verdict: Verdict; totals: RunTotals } {
  const { thresholds = { http_req_duration: ['p(95)<50'] }, seconds, seed = 1, second, machine, facts = {} } = run;
  const scenario = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'simulated',
    name: 'Simulated',
    load: run.load ?? { executor: 'constant-arrival-rate', rate: 100, duration: `${seconds}s` },
    requests: [{ name: 'request', url: '/' }],
    thresholds,
  });
  const isOpen = scenario.load.executor.endsWith('arrival-rate');
  const totals = new RunTotals(scenario);
  const random = seededStream(seed, 'simulated');
  for (let number = 1; number <= seconds; number += 1) totals.add(recorded(number, isOpen, second(random, number)));
  const measuredMs = seconds * 1000;
  const integrity = { checked: 0, violations: 0, acknowledgedWrites: 0, lostWrites: null };
  const judgement = judgeMeasurement(evaluateRules(totals.rules, metricSource(totals, measuredMs, integrity)), {
    scenario,
    measuredMs,
    totals,
    cores: 2,
    calibration: undefined,
    backend: undefined,
    machine,
    clockStepMs: 0,
    ...facts,
  });
  const verdict = judge(judgement.thresholds, judgement.trust, integrity, totals.completed - totals.failed);
  return { ...judgement, verdict, totals };
}
