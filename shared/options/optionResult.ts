import { type ConformanceReport, conformanceState } from '../engines/conformance';
import { type Durability, durabilityOf } from '../engines/durability';
import { describeEngine } from '../engines/engine';
import { byMetric } from '../experiment/byMetric';
import type {
  CapacityResult,
  Experiment,
  ExperimentMetric,
  ExperimentRun,
  Failures,
  ResourceUse,
  Variant,
} from '../experiment/experiment';
import { failuresOf } from '../experiment/judge';
import { medianOf } from '../statistics/medianOf';

/** The result of an engine with its settings in the conformance suite. */
export type ConformanceState = 'conforms' | 'fails' | 'stand-in' | 'not-tested' | 'not-testable';

/** Everything that was measured for a variant, and the reasons against it. */
export interface OptionResult {
  variant: number;
  /** The label: the name of the engine when its settings are the defaults, otherwise the variant as written. */
  label: string;
  runs: number;
  /** Medians over the runs; null without a run. */
  medians: Record<ExperimentMetric, number> | null;
  /** Failed requests of all runs. */
  failures: Failures;
  /** Thresholds that failed in more than half of its runs. */
  missed: readonly string[];
  capacity: CapacityResult | null;
  /** Null when unknown, as for the user's own service. */
  durability: Durability | null;
  conformance: ConformanceState;
  /** For a failed suite: the first failed check, and how it failed. */
  failure: string | null;
  /** Medians over the runs; null when nothing is known. */
  resources: ResourceUse | null;
  /** The parts of the response time in its last run. */
  time: ExperimentRun['time'];
  /** The id of its last run in the history. */
  lastRunId: string | undefined;
}

function labelOf({ name, target, cache }: Variant): string {
  const isPlain = target.kind === 'engine' && cache === undefined && name === target.engine;
  return isPlain ? describeEngine(target.engine).name : name;
}

/** Returns the last report on this engine with exactly these settings. */
function reportOn({ target }: Variant, reports: readonly ConformanceReport[]): ConformanceReport | undefined {
  const wanted = JSON.stringify(target);
  const own = reports.filter(({ config }) => JSON.stringify(config) === wanted);
  return own.sort((a, b) => b.startedAt.localeCompare(a.startedAt))[0];
}

/** Whether an engine needs a conformance test before it can be recommended. */
export function needsConformance(variant: Variant, reports: readonly ConformanceReport[]): boolean {
  return variant.target.kind === 'engine' && reportOn(variant, reports) === undefined;
}

function conformanceOf(variant: Variant, reports: readonly ConformanceReport[]) {
  if (variant.target.kind === 'url') return { conformance: 'not-testable', failure: null } as const;
  const report = reportOn(variant, reports);
  const conformance = conformanceState(report);
  const failed = conformance === 'fails' ? report?.checks.find(({ status }) => status === 'failed') : undefined;
  return { conformance, failure: failed ? `${failed.title}: ${failed.evidence[0] ?? ''}` : null };
}

function mediansOf(runs: readonly ExperimentRun[]): Record<ExperimentMetric, number> | null {
  if (runs.length === 0) return null;
  return byMetric((metric) => medianOf(runs.map(({ values }) => values[metric])));
}

function resourcesOf(runs: readonly ExperimentRun[]): ResourceUse | null {
  const known = runs.flatMap(({ resources }) => resources ?? []);
  if (known.length === 0) return null;
  const of = (name: keyof ResourceUse): number | null => {
    const values = known.flatMap((use) => use[name] ?? []);
    return values.length === 0 ? null : medianOf(values);
  };
  return { cores: of('cores'), memoryMb: of('memoryMb'), writtenKbPerRequest: of('writtenKbPerRequest') };
}

function missedBy(runs: readonly ExperimentRun[]): string[] {
  const all = new Set(runs.flatMap(({ missed }) => missed));
  return [...all].filter(
    (threshold) => runs.filter(({ missed }) => missed.includes(threshold)).length * 2 > runs.length,
  );
}

/** Returns the results of each variant in an experiment and the conformance suites. */
export function optionResults(experiment: Experiment, reports: readonly ConformanceReport[]): OptionResult[] {
  return experiment.variants.map((variant, index) => {
    const runs = experiment.runs.filter((run) => run.variant === index);
    const last = runs.at(-1);
    return {
      variant: index,
      label: labelOf(variant),
      runs: runs.length,
      medians: mediansOf(runs),
      failures: failuresOf(experiment, index),
      missed: missedBy(runs),
      capacity: experiment.capacity?.results.find((result) => result.variant === index) ?? null,
      durability: variant.target.kind === 'engine' ? durabilityOf(variant.target) : null,
      ...conformanceOf(variant, reports),
      resources: resourcesOf(runs),
      time: last?.time,
      lastRunId: last?.runId,
    };
  });
}
