import type { ImportedLatency } from '../../../../shared/interchange/importedResult';
import { failures, withUnknowns } from '../importer';
import { known, numberIn, parseDecimal } from '../numbers';
import { isStillWithout, type TextReport } from './textReport';

/* The text that ApacheBench 2.3 prints (support/ab.c). Latencies are whole milliseconds and include connecting. */

function percentilesOf(text: string): ImportedLatency['percentiles'] {
  // The line of 100 % is the maximum.
  const lines = text.matchAll(/^\s*(\d{1,2})%\s+(\d+)/gm);
  return Object.fromEntries([...lines].map(([, rank = '', value]) => [rank, Number(value)]));
}

export const abText: TextReport = {
  begins: (lines, index, section) => {
    const line = lines[index] ?? '';
    const [, field] = /^Server (Software|Hostname):/.exec(line) ?? [];
    if (field === undefined) return /^This is ApacheBench/.test(line);
    return !isStillWithout(section, abText, new RegExp(`^Server ${field}:`));
  },
  read: (lines) => {
    const text = lines.join('\n');
    const complete = numberIn(text, /^Complete requests:\s+(\d+)/m);
    if (complete === undefined) throw new TypeError('the run of ab did not complete');
    // ab counts a response as failed when its length differs from that of the first. That says nothing where responses
    // differ.
    const lengths = numberIn(text, /Length: (\d+)/) ?? 0;
    const failed =
      (numberIn(text, /^Failed requests:\s+(\d+)/m) ?? 0) -
      lengths +
      (numberIn(text, /^Non-2xx responses:\s+(\d+)/m) ?? 0);
    const [, min, mean, , max] = /^Total:\s+(\d+)\s+(\d+(?:\.\d+)?)\s+\S+\s+(\d+(?:\.\d+)?)\s+(\d+)/m.exec(text) ?? [];
    const host = /^Server Hostname:\s+(\S+)/m.exec(text)?.[1];
    const port = /^Server Port:\s+(\d+)/m.exec(text)?.[1];
    const path = /^Document Path:\s+(\S+)/m.exec(text)?.[1];
    const notes = ['Latencies are whole milliseconds.', 'ab does not say when the run started.'];
    if (lengths > 0)
      notes.push(
        `${lengths} responses with another length than the first, which ab counts as failures, are not counted as failures here.`,
      );
    if (failed > 0) notes.push('The latencies include failed requests.');
    const seconds = numberIn(text, /^Time taken for tests:\s+(\d+(?:\.\d+)?) seconds/m);
    const stated = (value: string | undefined): number | null =>
      known(value === undefined ? null : parseDecimal(value));
    return withUnknowns({
      tool: 'ab',
      toolVersion: /Version (\S+)/.exec(text)?.[1] ?? null,
      subject: host === undefined ? null : `${host}:${port ?? ''}${path ?? ''}`.slice(0, 2_000),
      durationMs: seconds === undefined ? null : seconds * 1_000,
      latency: { starts: 'request', ends: 'last-byte', resolution: '1 ms', includesFailures: failed > 0 },
      metrics: {
        http_req_duration: {
          count: complete,
          min: stated(min),
          mean: stated(mean),
          max: stated(max),
          percentiles: percentilesOf(text),
        },
        http_reqs: { count: complete, rate: known(numberIn(text, /^Requests per second:\s+(\d+(?:\.\d+)?)/m)) },
        http_req_failed: failures(Math.max(0, failed), complete),
        by_operation: {},
      },
      notes,
    });
  },
};
