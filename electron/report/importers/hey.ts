import { z } from 'zod';
import type { FileImporter, ImportedFigures } from './importer';
import { countCell, decimalCell } from './numbers';
import { headerOf, readRuns } from './readRows';
import type { Row } from './rows';
import { SampleCounters } from './sampleCounters';

/*
 * `hey -o csv` (hey 0.1.4, requester/print.go): seconds with four decimals; `offset` is the start of a request since
 * the start of the run. Versions before 0.1.2 wrote neither status nor offset. Requests without a response are missing.
 */

const rowSchema = z.looseObject({
  'response-time': decimalCell,
  'status-code': countCell.optional(),
  offset: decimalCell.optional(),
});

class HeyRun {
  readonly #book = new SampleCounters({ startMs: 0 });
  #isStatusKnown = true;

  add(row: Row): void {
    const { 'response-time': latencyS, 'status-code': status, offset } = rowSchema.parse(row);
    const latencyMs = latencyS * 1_000;
    this.#isStatusKnown &&= status !== undefined;
    this.#book.add({
      endedMs: offset === undefined ? null : offset * 1_000 + latencyMs,
      latencyMs,
      ok: status === undefined || (status >= 200 && status < 400),
    });
  }

  figures(): ImportedFigures {
    const figures = this.#book.figures();
    const notes = ['hey leaves out requests without a response, and does not say when the run started.'];
    if (!this.#isStatusKnown)
      notes.push('This version of hey writes no status: failed responses are counted like all others.');
    return {
      tool: 'hey',
      toolVersion: null,
      subject: null,
      latency: {
        starts: 'request',
        ends: 'last-byte',
        resolution: '0.1 ms',
        includesFailures: !this.#isStatusKnown,
      },
      thresholds: [],
      ...figures,
      metrics: this.#isStatusKnown ? figures.metrics : { ...figures.metrics, http_req_failed: null },
      intervals: this.#isStatusKnown
        ? figures.intervals
        : figures.intervals.map((interval) => ({ ...interval, failed: null })),
      notes: [...notes, ...figures.notes],
    };
  }
}

export const hey: FileImporter = {
  accepts: (head) => headerOf(head).names.slice(0, 2).join() === 'response-time,DNS+dialup',
  read: async (file) => {
    const runs = await readRuns(
      file,
      headerOf(file.head),
      () => new HeyRun(),
      (run, row) => run.add(row),
    );
    return runs.map((run) => run.figures());
  },
};
