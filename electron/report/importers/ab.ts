import type { ImportedLatency } from '../../../shared/interchange/importedResult';
import { type FileImporter, failures, type ImportedFigures } from './importer';

/* The text that ApacheBench 2.3 prints: whole milliseconds, connecting included. */

function numberOf(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

function percentilesOf(text: string): ImportedLatency['percentiles'] {
  const lines = text.matchAll(/^\s*(\d{1,3})%\s+(\d+)/gm);
  return Object.fromEntries([...lines].map(([, rank = '', value]) => [rank, Number(value)]));
}

export const ab: FileImporter = {
  accepts: (head) => head.startsWith('This is ApacheBench'),
  read: async (file) => {
    const text = await file.text();
    const complete = numberOf(text, /^Complete requests:\s+(\d+)/m);
    if (complete === undefined) throw new TypeError('the run did not complete');
    // Other lengths than that of the first answer count as failures, which says nothing where answers differ.
    const lengths = numberOf(text, /Length: (\d+)/) ?? 0;
    const failed =
      (numberOf(text, /^Failed requests:\s+(\d+)/m) ?? 0) -
      lengths +
      (numberOf(text, /^Non-2xx responses:\s+(\d+)/m) ?? 0);
    const [, min, mean, , max] = /^Total:\s+(\d+)\s+(\d+(?:\.\d+)?)\s+\S+\s+(\d+)\s+(\d+)/m.exec(text) ?? [];
    const host = /^Server Hostname:\s+(\S+)/m.exec(text)?.[1];
    const port = /^Server Port:\s+(\d+)/m.exec(text)?.[1];
    const path = /^Document Path:\s+(\S+)/m.exec(text)?.[1];
    const notes = ['Latencies are whole milliseconds.'];
    if (lengths > 0)
      notes.push(`${lengths} answers of another length than the first were not counted as failures, as ab does.`);
    const known = (value: string | undefined): number | null => (value === undefined ? null : Number(value));
    const figures: ImportedFigures = {
      tool: 'ab',
      toolVersion: /Version (\S+)/.exec(text)?.[1] ?? null,
      subject: host === undefined ? null : `${host}:${port}${path}`.slice(0, 2_000),
      startedAt: null,
      durationMs: (numberOf(text, /^Time taken for tests:\s+(\d+(?:\.\d+)?) seconds/m) ?? 0) * 1_000 || null,
      latency: { starts: 'request', ends: 'last-byte', resolution: '1 ms', includesFailures: failed > 0 },
      metrics: {
        http_req_duration: {
          count: complete,
          min: known(min),
          mean: known(mean),
          max: known(max),
          percentiles: percentilesOf(text),
        },
        http_reqs: { count: complete, rate: numberOf(text, /^Requests per second:\s+(\d+(?:\.\d+)?)/m) ?? null },
        http_req_failed: failures(Math.max(0, failed), complete),
        by_operation: {},
      },
      thresholds: [],
      intervals: [],
      histogram: null,
      notes,
    };
    return [figures];
  },
};
