import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ForeignFormat,
  type ForeignRun,
  foreignRun,
  percentileOf,
} from '../../../tests/support/foreignResults/foreignRun';
import { sampleFormats } from '../../../tests/support/foreignResults/sampleFormats';
import { summaryFormats } from '../../../tests/support/foreignResults/summaryFormats';
import { textFormats } from '../../../tests/support/foreignResults/textFormats';
import type { ImportedFigures } from './importer';
import { readResult } from './readResult';

const beginMs = Date.UTC(2026, 0, 1, 10);
const sample = fc.record({
  startMs: fc.integer({ min: beginMs, max: beginMs + 20_000 }),
  latencyMs: fc.integer({ min: 50, max: 9_000_000 }).map((us) => us / 1_000),
  ok: fc.boolean(),
});
/** Two requests ten seconds apart, so that there is a rate, and others in any order. */
const run = fc
  .array(sample, { minLength: 3, maxLength: 60 })
  .map((samples) =>
    foreignRun([
      ...samples.slice(1),
      { startMs: beginMs + 12_345, latencyMs: 40, ok: true },
      { startMs: beginMs + 2_300, latencyMs: 7, ok: true },
      ...samples.slice(0, 1),
    ]),
  );

/** The figures that must be the same for every tool. */
function expectSame(result: ImportedFigures, truth: ForeignRun, format: ForeignFormat): void {
  const { metrics, latency, startedAt, durationMs } = result;
  const knowsFailures = format.latencies !== 'all, failures unknown';
  expect(metrics.http_reqs.count).toBe(truth.count);
  expect(metrics.http_req_failed?.count ?? null).toBe(knowsFailures ? truth.failed : null);
  const values = format.latencies === 'successful' ? truth.successful : truth.all;
  expect(latency.includesFailures).toBe(knowsFailures ? format.latencies === 'all' && truth.failed > 0 : true);
  for (const rank of format.ranks) {
    const expected = percentileOf(values, rank);
    const found = metrics.http_req_duration.percentiles[rank] ?? Number.NaN;
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(format.resolution.ms + expected * format.resolution.share);
  }
  if (format.startMs === null) expect(startedAt).toBeNull();
  else expect(Math.abs(Date.parse(startedAt ?? '') - truth.startMs)).toBeLessThanOrEqual(format.startMs);
  if (format.durationMs === null) expect(durationMs).toBeNull();
  else expect(Math.abs((durationMs ?? Number.NaN) - truth.durationMs)).toBeLessThanOrEqual(format.durationMs);
  if (!format.hasRate) expect(metrics.http_reqs.rate).toBeNull();
  else {
    // Texts have two digits after the point.
    const tolerance = (truth.rate * (format.durationMs ?? 0)) / truth.durationMs + 0.0051;
    expect(Math.abs((metrics.http_reqs.rate ?? Number.NaN) - truth.rate)).toBeLessThanOrEqual(tolerance);
  }
}

const encodings: readonly (readonly [string, (text: string) => Uint8Array])[] = [
  ['UTF-8 with a mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf8')],
  ['UTF-16 of PowerShell', (text) => Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'utf16le')],
  ['UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['line ends of Windows', (text) => Buffer.from(text.replaceAll('\n', '\r\n'), 'utf8')],
  ['doubled line ends of Windows', (text) => Buffer.from(text.replaceAll('\n', '\r\r\n'), 'utf8')],
];

describe('the same requests come back the same', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-same-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function read(content: string | Uint8Array): Promise<readonly ImportedFigures[]> {
    const path = join(folder, 'file');
    writeFileSync(path, content);
    const found = (await readResult(path)).content;
    if (found.kind === 'run') throw new Error('a run');
    return found.results;
  }

  const formats = [...sampleFormats, ...summaryFormats, ...textFormats].map((format) => [format.name, format] as const);

  it.each(formats)('from %s', async (_name, format) => {
    await fc.assert(
      fc.asyncProperty(run, async (truth) => {
        const results = await read(format.write(truth));
        expect(results).toHaveLength(1);
        for (const result of results) expectSame(result, truth, format);
      }),
      { numRuns: 25 },
    );
  });

  it.each(formats)('from %s, however it is encoded', async (_name, format) => {
    const truth = foreignRun(fc.sample(run, { numRuns: 1, seed: 7 }).flatMap(({ samples }) => samples));
    const content = format.write(truth);
    if (typeof content !== 'string') return;
    const expected = await read(content);
    for (const [name, encode] of encodings) expect([name, await read(encode(content))]).toEqual([name, expected]);
  });

  it.each(textFormats.map((format) => [format.name, format] as const))(
    'from two runs of %s in one file',
    async (_name, format) => {
      const [first, second] = fc.sample(run, { numRuns: 2, seed: 11 });
      if (!first || !second) throw new Error('no runs');
      const results = await read(`$ run it\n${format.write(first)}\n$ again\n${format.write(second)}`);
      expect(results).toHaveLength(2);
      for (const [index, result] of results.entries()) expectSame(result, index === 0 ? first : second, format);
    },
  );
});
