import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importedResultSchema } from '../../../shared/interchange/importedResult';
import { runDocumentSchema } from '../../../shared/run/document';
import { redactText } from '../../../shared/secrets/redact';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { summariseLatency } from '../../../shared/statistics/latencySummary';
import { importedResult, runDocument, runInterval } from '../../../tests/support/factories';
import { encodeHdr } from '../../hdr/hdrCodec';
import { exportRun } from '../exporters/exportRun';
import { readResult } from './readResult';

const latencyUs = fc.integer({ min: 1, max: 60_000_000 });
/** Text without what reading takes for a secret, as `//user@` is. */
const text = (constraints: fc.StringConstraints = {}) =>
  fc.string(constraints).filter((made) => redactText(made) === made);
const operation = text({ minLength: 1, maxLength: 20 });
const second = fc.record({
  t: fc.integer({ min: 1, max: 120 }),
  operations: fc.uniqueArray(fc.tuple(operation, fc.array(latencyUs, { minLength: 1, maxLength: 30 })), {
    selector: ([name]) => name.replace(/[\s,]+/g, '_'),
    minLength: 1,
    maxLength: 4,
  }),
});
const seconds = fc.uniqueArray(second, { selector: ({ t }) => t, minLength: 1, maxLength: 10 });

function histogramOf(valuesUs: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const us of valuesUs) histogram.record(us);
  return histogram;
}

describe('what is exported', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-round-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function readBack(text: string) {
    const path = join(folder, 'file');
    writeFileSync(path, text);
    return (await readResult(path)).content;
  }

  it('as a run document comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(latencyUs, { minLength: 1 }), text(), operation, async (us, reason, name) => {
        const summary = summariseLatency(histogramOf(us));
        const document = runDocumentSchema.parse(
          runDocument({
            id: '20260101-000000-aaaaaa',
            reason,
            metrics: { ...runDocument().metrics, http_req_duration: summary, by_operation: { [name]: summary } },
            intervals: [runInterval({ parts: { [name]: us[0] ?? 0 } })],
            histograms: { ...runDocument().histograms, http_req_duration: encodeHdr(histogramOf(us)) },
          }),
        );
        const exported = exportRun({ document, histograms: () => [] }, 'json');
        expect(await readBack(exported)).toEqual({ kind: 'run', document });
      }),
      { numRuns: 50 },
    );
  });

  it('as a HdrHistogram log comes back with every request, its unit, its times and its operations', async () => {
    await fc.assert(
      fc.asyncProperty(seconds, async (rows) => {
        const sorted = [...rows].sort((a, b) => a.t - b.t);
        const histograms = sorted.flatMap(({ t, operations }) =>
          operations.map(([name, us]) => ({ t, operation: name, histogram: histogramOf(us).toSparse() })),
        );
        const document = runDocument({ startedAt: '2026-01-01T00:00:00.000Z' });
        const content = await readBack(exportRun({ document, histograms: () => histograms }, 'hlog'));
        if (content.kind === 'run') throw new Error('a run');
        const [result] = content.results;
        const all = histogramOf(rows.flatMap(({ operations }) => operations.flatMap(([, us]) => us)));
        const { http_req_duration: found, by_operation } = result?.metrics ?? importedResult().metrics;
        expect(found.count).toBe(all.count);
        for (const rank of [50, 95, 99] as const) {
          const truthMs = all.percentileUs(rank) / 1_000;
          expect(Math.abs((found.percentiles[rank] ?? 0) - truthMs)).toBeLessThanOrEqual(truthMs * 0.002 + 0.001);
        }
        const counts = Object.values(by_operation).reduce((sum, { count }) => sum + (count ?? 0), 0);
        expect(counts).toBe(all.count);
        const [first] = sorted;
        expect(result?.startedAt).toBe(new Date(Date.UTC(2026, 0, 1) + ((first?.t ?? 1) - 1) * 1_000).toISOString());
        expect(result?.latency).toMatchObject({ starts: 'intended', ends: 'last-byte' });
      }),
      { numRuns: 50 },
    );
  });

  it('as the result of another tool comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(latencyUs, { minLength: 1 }), text({ maxLength: 100 }), async (us, subject) => {
        const result = importedResultSchema.parse(
          importedResult({ subject, histogram: encodeHdr(histogramOf(us)), notes: [subject] }),
        );
        expect(await readBack(JSON.stringify(result))).toEqual({ kind: 'results', results: [result] });
      }),
      { numRuns: 50 },
    );
  });
});
