import { z } from 'zod';
import type { FileImporter } from './importer';
import { headerOf, readRows } from './readRows';
import { SampleCounters } from './sampleCounters';

/*
 * The CSV result log (JTL) of JMeter 5.6, in whole milliseconds: `timeStamp` is when a sample began, `elapsed` goes to
 * its last byte and includes connecting.
 */

const rowSchema = z.looseObject({
  timeStamp: z.coerce.number().nonnegative(),
  elapsed: z.coerce.number().nonnegative(),
  label: z.string().default(''),
  success: z.string(),
});

export const jmeter: FileImporter = {
  accepts: (head) => {
    const names = headerOf(head);
    return ['timeStamp', 'elapsed', 'success'].every((name) => names.includes(name));
  },
  read: async (file) => {
    const book = new SampleCounters();
    for await (const record of readRows(file)) {
      const { timeStamp, elapsed, label, success } = rowSchema.parse(record);
      book.add({
        endedMs: timeStamp + elapsed,
        latencyMs: elapsed,
        ok: success === 'true',
        operation: label || undefined,
      });
    }
    return [
      {
        tool: 'jmeter',
        toolVersion: null,
        subject: null,
        startedAt: new Date(book.startMs ?? 0).toISOString(),
        latency: { starts: 'request', ends: 'last-byte', resolution: '1 ms', includesFailures: false },
        thresholds: [],
        notes: ['Latencies are whole milliseconds.'],
        ...book.figures(),
      },
    ];
  },
};
