import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const fixture = resolve(import.meta.dirname, '../fixtures/screens/level-2-sqlite.json');

/** The second in which the service of {@link writeRunWithMoments} stood still. */
export const pausedSecond = 30;

const quiet = {
  latencyCounts: [
    [0.398, 150],
    [1, 40],
    [2, 10],
  ],
};
const paused = {
  p95: 120,
  p99: 180,
  max: 200,
  latencyCounts: [
    [0.398, 150],
    [1, 26],
    [100, 24],
  ],
  targetGcMs: 121,
  targetGcMaxMs: 120,
  targetLoopDelayMs: 119,
};

/**
 * Writes a run of a minute with a pause of the service, and with a threshold that late sends leave open, and returns
 * its path: what a machine rarely makes on demand.
 */
export function writeRunWithMoments(folder: string): string {
  const document = JSON.parse(readFileSync(fixture, 'utf8'));
  const seconds = Array.from({ length: 60 }, (_, place) => place + 1);
  const [p95, ...others] = document.thresholds;
  const doubt = { check: 'send-lateness', low: 1.9, high: 62, message: 'Sends were late.', isDecisive: true };
  const run = {
    ...document,
    id: '20260101-000000-0a0b0c',
    verdict: 'inconclusive',
    scenario: { ...document.scenario, load: { ...document.scenario.load, duration: '60s' } },
    thresholds: [{ ...p95, status: 'undecided', low: 1.9, high: 62, margin: 0.8, doubts: [doubt] }, ...others],
    trust: document.trust.map((check: { check: string }) =>
      check.check === 'send-lateness' ? { ...check, value: 60, ok: false, message: 'Sends were late.' } : check,
    ),
    intervals: seconds.map((t) => ({ ...document.intervals[3], t, ...quiet, ...(t === pausedSecond ? paused : {}) })),
  };
  const file = join(folder, 'run-with-moments.json');
  writeFileSync(file, JSON.stringify(run));
  return file;
}
