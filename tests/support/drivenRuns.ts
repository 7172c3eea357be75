import { expect } from 'vitest';
import type { RunDocument } from '../../shared/run/document';

/** Expects that a run which Artillery made says of nothing that it is zero, or proven, which Artillery does not tell. */
export function expectNothingOfTheGenerator(document: RunDocument): void {
  const { driver, trust, metrics, integrity, intervals, thresholds } = document;
  expect(driver).toEqual({ tool: 'artillery', version: expect.stringMatching(/^2\./) });
  expect(metrics.send_lateness.count).toBe(0);
  expect(metrics.phases.http_req_connecting).toBeUndefined();
  expect(integrity.lostWrites).toBeNull();
  expect(intervals.map(({ generatorUtilisation }) => generatorUtilisation)).toEqual(intervals.map(() => null));
  const checks = trust.map(({ check }) => check);
  expect(checks).toContain('generator-unknown');
  for (const check of ['send-lateness', 'generator-utilisation', 'generator-gc', 'calibrated-rate'])
    expect(checks).not.toContain(check);
  const isOpen = document.scenario.load.executor.endsWith('arrival-rate');
  for (const { metric, status } of thresholds)
    if (isOpen && metric === 'http_req_duration') expect(status).not.toBe('passed');
}
