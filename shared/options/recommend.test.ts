import { describe, expect, it } from 'vitest';
import { conformanceReport } from '../../tests/support/conformanceReport';
import { experimentOver } from '../../tests/support/experiments';
import { engineConfig } from '../engines/config';
import type { ConformanceReport } from '../engines/conformance';
import type { Experiment } from '../experiment/experiment';
import { optionResults } from './optionResult';
import { recommend } from './recommend';
import { describeClaim, judgeClaim, optionOf, reportOptions } from './reportOptions';

const [json, sqlite, memory, hybrid] = (['sqlite-json', 'sqlite', 'memory', 'hybrid'] as const).map((id) =>
  engineConfig(id),
);
if (!json || !sqlite || !memory || !hybrid) throw new Error('no engines');
const missesP95 = { missed: ['http_req_duration p(95)<50'] };

/** The report's options on a machine like that of the report. */
const usual = experimentOver([
  [json, 600, missesP95],
  [sqlite, 15],
  [memory, 7],
  [hybrid, 10],
]);
const allConform = [json, sqlite, memory, hybrid].map((config) => conformanceReport(config));

function decide(
  floor: Parameters<typeof recommend>[2],
  reports: readonly ConformanceReport[] = allConform,
  experiment: Experiment = usual,
) {
  return recommend(experiment, optionResults(experiment, reports), floor);
}

describe('the recommendation', () => {
  it('is the fastest that conforms, meets the floor and the targets, with its reasons', () => {
    const { variant, sentence, reasons, against } = decide('process-crash-safe');
    expect(variant).toBe(3);
    expect(sentence).toBe('Take Hybrid.');
    expect(reasons.join(' ')).toMatch(
      /P95 10\.0 ms .* survives a power failure .* 60\.\d times faster at P95 than sqlite-json/,
    );
    expect(against.get(0)).toMatch(/It misses http_req_duration p\(95\)<50/);
    expect(against.get(1)).toMatch(/sqlite is 50\.0 % slower at P95 than hybrid, 95 % CI/);
    expect(against.get(2)).toMatch(/Below the floor \(must survive a crash of the process\): nothing survives/);
  });

  it('follows the floor: memory wins only where everything may be lost', () => {
    expect(decide('none').sentence).toBe('Take In memory.');
    expect(decide('power-safe').sentence).toBe('Take Hybrid.');
    const normal = engineConfig('hybrid', { synchronous: 'normal' });
    const faster = experimentOver([
      [sqlite, 15],
      [normal, 9],
    ]);
    const reports = [conformanceReport(sqlite), conformanceReport(normal)];
    expect(decide('process-crash-safe', reports, faster).variant).toBe(1);
    expect(decide('power-safe', reports, faster).variant).toBe(0);
  });

  it('never names an engine that fails its suite, has not been tested, or was a stand-in', () => {
    const failing = conformanceReport(hybrid, {
      conforms: false,
      checks: [
        {
          id: 'kill',
          group: 'durability',
          title: 'What is acknowledged survives',
          status: 'failed',
          evidence: ['3 writes were lost'],
          durationMs: 1,
        },
      ],
    });
    const without = allConform.filter(({ config }) => config.engine !== 'hybrid');
    const failed = decide('process-crash-safe', [...without, failing]);
    expect(failed.sentence).toBe('Take SQLite, optimised.');
    expect(failed.against.get(3)).toBe('It does not conform: What is acknowledged survives: 3 writes were lost');
    expect(decide('process-crash-safe', without).against.get(3)).toMatch(/has not been tested/);
    const standIn = conformanceReport(hybrid, { isTestDouble: true });
    expect(decide('process-crash-safe', [...without, standIn]).against.get(3)).toMatch(/stand-in/);
    // A later report on the same settings counts.
    const later = conformanceReport(hybrid, { startedAt: '2026-11-25T00:00:00.000Z' });
    expect(decide('process-crash-safe', [...without, failing, later]).variant).toBe(3);
    // One on other settings does not.
    const other = conformanceReport(engineConfig('hybrid', { synchronous: 'normal' }));
    expect(decide('process-crash-safe', [...without, other]).variant).toBe(1);
  });

  it('takes what survives more, then what needs less memory, where no difference is known', () => {
    const normal = engineConfig('sqlite', { synchronous: 'normal' });
    const reports = [sqlite, normal, hybrid].map((config) => conformanceReport(config));
    const use = (memoryMb: number) => ({ resources: { cores: 1, memoryMb, writtenKbPerRequest: 1 } });
    const alike = experimentOver([
      [normal, 10],
      [hybrid, 10.01, use(300)],
      [sqlite, 10.01, use(90)],
    ]);
    const { variant, reasons } = decide('none', reports, alike);
    expect(variant).toBe(2);
    expect(reasons.join(' ')).toMatch(/Its speed can't be told from that of SQLite, optimised and Hybrid/);
  });

  it('is none without measurements, with runs that cannot be trusted, or without an option that will do', () => {
    expect(decide('none', allConform, { ...usual, runs: [] }).sentence).toMatch(/nothing has been measured/);
    const busy = experimentOver([
      [sqlite, 15, { distrust: 'Others were busy.' }],
      [memory, 7],
    ]);
    expect(decide('none', allConform, busy).sentence).toMatch(/2?8 of 16 runs can't be trusted; the first: Others/);
    const slow = experimentOver([
      [sqlite, 80, missesP95],
      [memory, 70, missesP95],
    ]);
    expect(decide('none', allConform, slow)).toMatchObject({
      variant: null,
      sentence: expect.stringMatching(/^No recommendation/),
    });
  });

  it('never names an option for its speed that fails more than another one that will do', () => {
    const failures = (count: number) => ({ failures: { count, of: 10_000 } });
    const refusing = experimentOver([
      [sqlite, 15, failures(0)],
      [hybrid, 2, failures(300)],
    ]);
    const { variant, against } = decide('none', allConform, refusing);
    expect(variant).toBe(0);
    expect(against.get(1)).toBe('3.00 % of its requests failed, and 0.00 % of SQLite, optimised.');
    const alike = experimentOver([
      [sqlite, 15, failures(3)],
      [hybrid, 2, failures(3)],
    ]);
    expect(decide('none', allConform, alike).variant).toBe(1);
  });

  it('says when the experiment has not completed', () => {
    expect(decide('none', allConform, { ...usual, state: 'stopped' }).sentence).toMatch(/So far/);
  });
});

describe("the report's options", () => {
  it('are one for each engine, the starting point first', () => {
    expect(reportOptions.map(({ engine }) => engine)).toEqual([
      'sqlite-json',
      'sqlite',
      'memory',
      'hybrid',
      'postgres',
      'mongodb',
    ]);
    expect(optionOf('sqlite')?.claim.p95).toEqual({ lowMs: 50, highMs: 100 });
  });

  it('are held against what is measured', () => {
    const claim = { lowMs: 5, highMs: 15 };
    expect([4, 5, 15, 16].map((measured) => judgeClaim(claim, measured))).toEqual([
      'faster than claimed',
      'as claimed',
      'as claimed',
      'slower than claimed',
    ]);
    expect(judgeClaim(null, 5)).toBeNull();
    expect(describeClaim(claim)).toBe('5 to 15 ms');
    expect(describeClaim({ lowMs: 0, highMs: 10 })).toBe('below 10 ms');
  });
});
