import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A scenario as its file has it. */
export interface ScenarioFile {
  schema: 'proofload.scenario/1';
  id: string;
  name: string;
  load: Readonly<Record<string, unknown>>;
  thresholds: Readonly<Record<string, readonly string[]>>;
}

/** Limits that a busy machine does not come near, so that a run comes to the same verdict there. */
const thresholds = { http_req_duration: ['p(95)<10000'], http_req_failed: ['rate<0.01'] };

/** For tests that need a run that has passed, and not a level: 300 requests in three seconds, without a warm-up. */
export const brief: ScenarioFile = {
  schema: 'proofload.scenario/1',
  id: 'brief',
  name: 'Brief',
  load: { executor: 'constant-arrival-rate', rate: 100, duration: '3s' },
  thresholds,
};

/**
 * For tests that do something in mid-run, and need a run that passes nonetheless: 500 requests in ten seconds, without a
 * warm-up. On a busy machine the window tells a second or two late that it runs.
 */
export const steady: ScenarioFile = {
  schema: 'proofload.scenario/1',
  id: 'steady',
  name: 'Steady',
  load: { executor: 'constant-arrival-rate', rate: 50, duration: '10s' },
  thresholds,
};

/**
 * For tests that stop a run or break it: a minute with 50 requests a second, without a warm-up. It is what else goes on
 * that they are about.
 */
export const long: ScenarioFile = {
  schema: 'proofload.scenario/1',
  id: 'long',
  name: 'Long',
  load: { executor: 'constant-arrival-rate', rate: 50, duration: '1m' },
  thresholds,
};

/** For tests of stages, which they name themselves: it begins with 200 requests a second. */
export const ramp: ScenarioFile = {
  schema: 'proofload.scenario/1',
  id: 'ramp',
  name: 'Ramp',
  load: { executor: 'ramping-arrival-rate', startRate: 200, stages: [{ duration: '1m', target: 200 }] },
  thresholds,
};

/** Puts scenarios into a data folder, where a window finds them. */
export function keepScenarios(dataFolder: string, scenarios: readonly ScenarioFile[]): void {
  const folder = join(dataFolder, 'scenarios');
  mkdirSync(folder, { recursive: true });
  for (const scenario of scenarios) writeScenario(folder, scenario);
}

/** Writes a scenario to a file, and returns its path. */
export function writeScenario(folder: string, scenario: ScenarioFile): string {
  const file = join(folder, `${scenario.id}.json`);
  writeFileSync(file, JSON.stringify(scenario));
  return file;
}
