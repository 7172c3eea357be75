import { z } from 'zod';
import type { FileImporter } from './importer';
import { headerOf, readRows } from './readRows';
import { SampleCounters } from './sampleCounters';

/* `hey -o csv` (hey 0.1.4, requester/print.go): seconds; `offset` is when a request began. Requests without an answer are not in it. */

const rowSchema = z.looseObject({
  'response-time': z.coerce.number().nonnegative(),
  'status-code': z.coerce.number().int(),
  offset: z.coerce.number().nonnegative(),
});

export const hey: FileImporter = {
  accepts: (head) => headerOf(head).slice(0, 2).join() === 'response-time,DNS+dialup',
  read: async (file) => {
    const book = new SampleCounters();
    for await (const record of readRows(file)) {
      const row = rowSchema.parse(record);
      const latencyMs = row['response-time'] * 1_000;
      const status = row['status-code'];
      book.add({ endedMs: row.offset * 1_000 + latencyMs, latencyMs, ok: status >= 200 && status < 400 });
    }
    return [
      {
        tool: 'hey',
        toolVersion: null,
        subject: null,
        startedAt: null,
        latency: { starts: 'request', ends: 'last-byte', resolution: '0.1 ms', includesFailures: false },
        thresholds: [],
        notes: ['hey leaves out requests that had no answer, and does not tell when the run started.'],
        ...book.figures(),
      },
    ];
  },
};
