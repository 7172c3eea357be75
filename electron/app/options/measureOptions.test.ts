import { describe, expect, it } from 'vitest';
import type { EngineConfig } from '../../../shared/engines/config';
import { engineConfig } from '../../../shared/engines/config';
import type { ConformanceReport } from '../../../shared/engines/conformance';
import { conformanceReport } from '../../../tests/support/conformanceReport';
import { experimentOver } from '../../../tests/support/experiments';
import { runDocument } from '../../../tests/support/factories';
import { measureOptions, type OptionsContext } from './measureOptions';

const [memory, sqlite] = [engineConfig('memory'), engineConfig('sqlite')];
const planned = experimentOver(
  [
    [memory, 10],
    [sqlite, 20],
  ],
  { runs: [], state: 'running', plan: { pairs: 2, untilSure: false, band: 0.02, metric: 'p95' } },
);

function world(test: (config: EngineConfig) => Promise<ConformanceReport>) {
  const reports: ConformanceReport[] = [];
  const doings: string[] = [];
  const stopping = new AbortController();
  const context: OptionsContext = {
    startRun: ({ id }) => ({
      id,
      stop: () => {},
      finished: Promise.resolve({
        kind: 'document',
        document: runDocument({ verdict: 'passed', trust: [] }),
        saved: true,
      }),
    }),
    keep: () => {},
    onProgress: ({ variants }, { kind, variant }) => void doings.push(`${kind} ${variants[variant]?.name}`),
    signal: stopping.signal,
    now: () => new Date(0),
    reports: () => reports,
    testConformance: async (config) => reports.push(await test(config)),
  };
  return { context, doings, reports, stopping };
}

describe('measuring options', () => {
  it('puts engines to the test that have not been, then runs them in turns', async () => {
    const { context, doings, reports } = world(async (config) => conformanceReport(config));
    reports.push(conformanceReport(memory));
    expect((await measureOptions(planned, context)).state).toBe('finished');
    expect(doings).toEqual(['conformance sqlite', 'run memory', 'run sqlite', 'run sqlite', 'run memory']);
  });

  it('can be stopped in a suite, and begins with it when it goes on', async () => {
    const { context, doings, stopping } = world(async () => {
      stopping.abort();
      throw new Error('stopped');
    });
    expect(await measureOptions(planned, context)).toMatchObject({ state: 'stopped', runs: [] });
    expect(doings).toEqual(['conformance memory']);
  });

  it('ends with the error of an engine that cannot be tested', async () => {
    const { context } = world(() => Promise.reject(new Error('no server')));
    await expect(measureOptions(planned, context)).rejects.toThrow('no server');
  });
});
