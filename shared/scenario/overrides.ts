import type { Result } from '../errors/appError';
import { formatDuration } from '../units/duration';
import { describeIssues } from './parse';
import { type Scenario, scenarioSchema } from './schema';
import { timingOf } from './timing';

/** What a user changes for one run, in the window or on the command line. */
export interface ScenarioOverrides {
  rate?: number | undefined;
  vus?: number | undefined;
  /** In k6's notation. */
  duration?: string | undefined;
  warmup?: string | undefined;
  seed?: number | undefined;
  driver?: 'proofload' | 'autocannon' | undefined;
  /** Added to the scenario's own: `[metric, expression]`. */
  thresholds?: readonly (readonly [metric: string, expression: string])[] | undefined;
}

function usage(message: string, hint: string): Result<Scenario> {
  return { ok: false, error: { code: 'usage', message, hint } };
}

/** Applies overrides and checks the outcome against the schema; an override that does not fit the executor is an error. */
export function applyOverrides(scenario: Scenario, overrides: ScenarioOverrides): Result<Scenario> {
  const { executor } = scenario.load;
  if (overrides.rate !== undefined && executor !== 'constant-arrival-rate') {
    return usage(
      `--rate does not apply to ${scenario.id}, which runs ${executor}`,
      'use --vus, or a scenario with an arrival rate',
    );
  }
  if (overrides.vus !== undefined && executor !== 'constant-vus') {
    return usage(
      `--vus does not apply to ${scenario.id}, which runs ${executor}`,
      'use --rate, or a scenario with constant-vus',
    );
  }
  if (overrides.driver !== undefined && executor !== 'constant-vus') {
    return usage(
      `--driver does not apply to ${scenario.id}, which runs ${executor}`,
      'leave it out: an open model always uses the driver "proofload"',
    );
  }
  const thresholds: Record<string, string[]> = structuredClone(scenario.thresholds);
  for (const [metric, expression] of overrides.thresholds ?? []) {
    thresholds[metric] = [...(thresholds[metric] ?? []), expression];
  }
  const changed = {
    ...scenario,
    ...(overrides.seed === undefined ? {} : { seed: overrides.seed }),
    ...(overrides.warmup === undefined ? {} : { warmup: overrides.warmup }),
    thresholds,
    load: {
      ...scenario.load,
      ...(overrides.rate === undefined ? {} : { rate: overrides.rate }),
      ...(overrides.vus === undefined ? {} : { vus: overrides.vus }),
      ...(overrides.driver === undefined ? {} : { driver: overrides.driver }),
      ...(overrides.duration === undefined ? {} : { duration: overrides.duration }),
    },
  };
  const parsed = scenarioSchema.safeParse(changed);
  if (parsed.success) return { ok: true, value: parsed.data };
  return usage(describeIssues(parsed.error), 'correct the named option');
}

/** Whether a run of `changed` is shorter than the level it came from; such a run is marked. */
export function isShortened(original: Scenario, changed: Scenario): boolean {
  return timingOf(changed).durationMs < timingOf(original).durationMs;
}

/** The duration of the measured part as text. */
export function durationText(scenario: Scenario): string {
  return formatDuration(timingOf(scenario).durationMs);
}
