import type { Result } from '../errors/appError';
import { formatDuration, parseDurationMs } from '../units/duration';
import type { HttpVersion } from './httpVersion';
import { describeIssues } from './parse';
import { type Load, type Scenario, type SeveralScenarios, scenarioSchema } from './schema';
import { durationMsOf, requiredMs } from './timing';
import type { TlsOptions } from './tlsOptions';

/** What a user changes for one run, in the window or on the command line. */
export interface ScenarioOverrides {
  rate?: number | undefined;
  vus?: number | undefined;
  iterations?: number | undefined;
  arrivals?: 'even' | 'poisson' | undefined;
  driver?: 'proofload' | 'autocannon' | undefined;
  /** For a ramp: replaces the stages of the scenario, and drops the thresholds about them. */
  stages?: readonly { duration: string; target: number }[] | undefined;
  /** In k6's notation. The stages of a ramp are scaled to it; for a number of iterations it is the maximum. */
  duration?: string | undefined;
  warmup?: string | undefined;
  seed?: number | undefined;
  processes?: number | undefined;
  /** These fields replace those of the scenario. */
  proxy?: string | undefined;
  httpVersion?: HttpVersion | undefined;
  tls?: TlsOptions | undefined;
  /** Gives each request a trace context of its own. */
  tracing?: 'w3c' | undefined;
  /** Added to the thresholds of the scenario: `[metric, expression]`. */
  thresholds?: readonly (readonly [metric: string, expression: string])[] | undefined;
}

/** Overrides that replace an option of the executor. The executor must have that option. */
const loadOptions = ['rate', 'vus', 'iterations', 'arrivals', 'driver', 'stages'] as const;

function usage(message: string, hint: string): Result<Scenario> {
  return { ok: false, error: { code: 'usage', message, hint } };
}

function given<Value>(key: string, value: Value | undefined): Record<string, Value> {
  return value === undefined ? {} : { [key]: value };
}

/** Several scenarios keep their places in the run: their starts and durations are stretched by one factor. */
function withSeveralDurations(load: SeveralScenarios, duration: string): Record<string, unknown> {
  const factor = (parseDurationMs(duration) ?? 0) / durationMsOf(load);
  const stretch = (durationMs: number): string => formatDuration(Math.round(durationMs * factor));
  return {
    scenarios: load.scenarios.map((part) => ({
      ...part,
      startTime: stretch(requiredMs(part.startTime)),
      ...withDuration(part, stretch(durationMsOf(part))),
    })),
  };
}

/** Returns the load with another duration of its measured part. */
function withDuration(load: Load, duration: string): Record<string, unknown> {
  switch (load.executor) {
    case 'ramping-vus':
    case 'ramping-arrival-rate': {
      const factor = (parseDurationMs(duration) ?? 0) / durationMsOf(load);
      const stretch = (text: string): string => formatDuration(Math.round(requiredMs(text) * factor));
      return { stages: load.stages.map((stage) => ({ ...stage, duration: stretch(stage.duration) })) };
    }
    case 'per-vu-iterations':
    case 'shared-iterations':
    case 'capacity-search':
      return { maxDuration: duration };
    case 'scenarios':
      return withSeveralDurations(load, duration);
    default:
      return { duration };
  }
}

/** Returns the thresholds that are not about a stage. */
function withoutStages(thresholds: Scenario['thresholds']): Scenario['thresholds'] {
  return Object.fromEntries(Object.entries(thresholds).filter(([metric]) => !metric.includes('{stage:')));
}

/** Applies overrides and validates the result. An override that does not fit the executor is an error. */
export function applyOverrides(scenario: Scenario, overrides: ScenarioOverrides): Result<Scenario> {
  const { load } = scenario;
  const replaced: Record<string, unknown> = {};
  for (const option of loadOptions) {
    const value = overrides[option];
    if (value === undefined) continue;
    if (!(option in load)) {
      const taken = loadOptions.filter((candidate) => candidate in load).map((candidate) => `--${candidate}`);
      return usage(
        `--${option} does not apply to ${scenario.id}, which runs ${load.executor}`,
        taken.length === 0 ? 'change the load in the file' : `${load.executor} takes ${taken.join(', ')}`,
      );
    }
    replaced[option] = value;
  }
  const thresholds: Record<string, unknown[]> = structuredClone(
    overrides.stages ? withoutStages(scenario.thresholds) : scenario.thresholds,
  );
  for (const [metric, expression] of overrides.thresholds ?? []) {
    thresholds[metric] = [...(thresholds[metric] ?? []), expression];
  }
  const changed = scenarioSchema.safeParse({
    ...scenario,
    ...given('seed', overrides.seed),
    ...given('warmup', overrides.warmup),
    ...given('processes', overrides.processes),
    ...given('proxy', overrides.proxy),
    ...given('httpVersion', overrides.httpVersion),
    ...given('tls', overrides.tls),
    ...given('tracing', overrides.tracing),
    thresholds,
    load: { ...load, ...replaced },
  });
  if (!changed.success) return usage(describeIssues(changed.error), 'correct the named option');
  if (overrides.duration === undefined) return { ok: true, value: changed.data };
  const lengthened = scenarioSchema.safeParse({
    ...changed.data,
    load: { ...changed.data.load, ...withDuration(changed.data.load, overrides.duration) },
  });
  if (lengthened.success) return { ok: true, value: lengthened.data };
  return usage(describeIssues(lengthened.error), 'correct the named option');
}

/** Whether a run of `changed` is shorter than its original level; such a run is marked. */
export function isShortened(original: Scenario, changed: Scenario): boolean {
  return durationMsOf(changed.load) < durationMsOf(original.load);
}

/** Whether a run of `changed` differs from its original level in more than the duration; such a run is marked. */
export function isOverridden(
  original: Scenario,
  changed: Scenario,
  { duration }: Pick<ScenarioOverrides, 'duration'>,
): boolean {
  const lengthened = applyOverrides(original, { duration });
  return !lengthened.ok || JSON.stringify(lengthened.value) !== JSON.stringify(changed);
}
