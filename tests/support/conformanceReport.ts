import { type EngineConfig, engineConfig } from '../../shared/engines/config';
import type { ConformanceReport } from '../../shared/engines/conformance';

/** What the conformance suite says of an engine. */
export function conformanceReport(
  config: EngineConfig = engineConfig('sqlite'),
  overrides: Partial<ConformanceReport> = {},
): ConformanceReport {
  return {
    schema: 'proofload.conformance/1',
    config,
    backend: config.engine,
    isTestDouble: false,
    durability: '',
    startedAt: '2026-11-24T00:00:00.000Z',
    durationMs: 1,
    seed: 1,
    conforms: true,
    checks: [
      {
        id: 'kill',
        group: 'durability',
        title: 'What is acknowledged survives',
        status: 'passed',
        evidence: [],
        durationMs: 1,
      },
    ],
    ...overrides,
  };
}
