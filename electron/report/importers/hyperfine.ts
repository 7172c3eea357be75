import { z } from 'zod';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { encodeHdr } from '../../hdr/hdrCodec';
import { type DocumentImporter, failures, latencyOf, recordMs } from './importer';

/* The results of hyperfine 1.19 (`--export-json`): runs of whole commands, in seconds. */

const resultSchema = z.object({
  results: z
    .array(
      z.object({
        command: z.string(),
        times: z.array(z.number().nonnegative()).min(1).max(1_000_000),
        exit_codes: z.array(z.int().nullable()).default([]),
        mean: z.number().nonnegative().optional(),
      }),
    )
    .min(1)
    .max(100),
});

export const hyperfine: DocumentImporter = {
  accepts: (value) => {
    if (!('results' in value) || !Array.isArray(value.results)) return false;
    const first: unknown = value.results[0];
    return typeof first === 'object' && first !== null && 'command' in first;
  },
  read: (value) =>
    resultSchema.parse(value).results.map(({ command, times, exit_codes, mean }) => {
      const histogram = new LatencyHistogram();
      const isFailure = (index: number): boolean => (exit_codes[index] ?? 0) !== 0;
      times.forEach((seconds, index) => {
        if (!isFailure(index)) recordMs(histogram, seconds * 1_000);
      });
      const failed = times.filter((_, index) => isFailure(index)).length;
      const summary = latencyOf(histogram);
      const durationS = times.reduce((sum, seconds) => sum + seconds, 0);
      return {
        tool: 'hyperfine' as const,
        toolVersion: null,
        subject: command.slice(0, 2_000),
        startedAt: null,
        durationMs: durationS * 1_000,
        latency: { starts: 'command', ends: 'exit', resolution: '1 us, three digits', includesFailures: false },
        metrics: {
          // The stated mean is that of all runs.
          http_req_duration: failed === 0 && mean !== undefined ? { ...summary, mean: mean * 1_000 } : summary,
          http_reqs: { count: times.length, rate: durationS > 0 ? times.length / durationS : null },
          http_req_failed: failures(failed, times.length),
          by_operation: {},
        },
        thresholds: [],
        intervals: [],
        histogram: encodeHdr(histogram),
        notes: [
          'A latency is the time of one whole run of the command; the runs follow one another.',
          'hyperfine does not say when the runs started; their duration is the sum of their times.',
        ],
      };
    }),
};
