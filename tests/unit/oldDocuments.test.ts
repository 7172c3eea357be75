import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { toText } from '../../electron/report/exporters/text';
import { verdictSentence } from '../../shared/report/sections/verdict';
import { runDocumentSchema } from '../../shared/run/document';

/** Written by the commands of that commit: before phases, stages, connections, calibration and engine settings. */
const oldRun: unknown = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../fixtures/documents/run-of-6b51a1c.json'), 'utf8'),
);

it('opens a run document of the first version: its figures are kept, what was not known then is empty', () => {
  const document = runDocumentSchema.parse(oldRun);
  expect(oldRun).toMatchObject({
    id: document.id,
    metrics: { http_req_duration: document.metrics.http_req_duration, http_reqs: document.metrics.http_reqs },
    thresholds: document.thresholds,
    trust: document.trust,
    histograms: document.histograms,
  });
  expect(document.metrics.by_stage).toEqual({});
  expect(document.calibration).toBeUndefined();
  expect(verdictSentence(document)).toMatch(/^(Passed|Inconclusive)/);
  expect(toText(document)).toContain('responses checked');
});
