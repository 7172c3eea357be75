import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { decodeHdr } from '../../electron/hdr/hdrCodec';
import { openHistory } from '../../electron/history/openHistory';
import type { SecondOfOperation } from '../../electron/history/responseBlocks';
import { type RunDocument, runDocumentSchema } from '../../shared/run/document';

/** The response times of an operation in a second, in HdrHistogram's text. */
const secondSchema = z.object({
  t: z.int(),
  operation: z.string(),
  histogram: z.string().transform((text) => decodeHdr(text).toSparse()),
});

/** A run as it was saved: its document, and where a history had it the response times of its seconds. */
export interface SavedRun {
  document: RunDocument;
  responses: readonly SecondOfOperation[];
}

/** A run document alone, or the sample run that comes with the app, which has its seconds. */
const fileSchema = z.union([
  z.object({ document: runDocumentSchema, responses: z.array(secondSchema) }),
  runDocumentSchema.transform((document) => ({ document, responses: [] })),
]);

const storeName = 'history.sqlite';
/** With what has not yet been written back to it. */
const storeFiles = [storeName, `${storeName}-wal`, `${storeName}-shm`];
const mostRuns = 10_000;

function read(dataFolder: string): SavedRun[] {
  const history = openHistory(dataFolder);
  const runs = history.list({ limit: mostRuns }).flatMap(({ id, verdict }): SavedRun[] => {
    // One that goes on somewhere, or was left behind by a crash.
    if (verdict === null) return [];
    const stored = history.stored(id);
    // What another tool measured has no verdict of ours.
    return stored.kind === 'run' ? [{ document: stored.document, responses: history.responseHistograms(id) }] : [];
  });
  history.close();
  return runs.reverse();
}

/** The runs of a history, the oldest first. Opening a store may bring it up to date: a copy is read. */
function ofHistory(dataFolder: string): SavedRun[] {
  const copy = mkdtempSync(join(tmpdir(), 'proofload-rejudge-'));
  for (const name of storeFiles)
    if (existsSync(join(dataFolder, name))) copyFileSync(join(dataFolder, name), join(copy, name));
  try {
    return read(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** The runs of a data folder, of a folder of run documents, or of a run document. Throws what it can't read. */
export function savedRuns(path: string): SavedRun[] {
  if (!statSync(path).isDirectory()) return [fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))];
  if (existsSync(join(path, storeName))) return ofHistory(path);
  const names = readdirSync(path).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => fileSchema.parse(JSON.parse(readFileSync(join(path, name), 'utf8'))));
}
