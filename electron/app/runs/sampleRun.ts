import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { cpuProfileSchema } from '../../../shared/profile/cpuProfile';
import { runDocumentSchema } from '../../../shared/run/document';
import { decodeHdr } from '../../hdr/hdrCodec';
import type { HistoryStore } from '../../history/historyStore';
import { keepProfile } from '../../run/profileStore';

/** The bundled run, with the data that the history stores beside a document (scripts/sample.mjs creates it). */
const sampleRunSchema = z.object({
  document: runDocumentSchema,
  /** The response times of each second by operation, as HdrHistogram's own compressed text. */
  responses: z.array(
    z.object({
      t: z.int(),
      operation: z.string(),
      histogram: z.string().transform((text) => decodeHdr(text).toSparse()),
    }),
  ),
  profile: cpuProfileSchema,
});

const name = 'Sample: level 1 on the engine of the report';

function isKept(history: Pick<HistoryStore, 'summary'>, id: string): boolean {
  try {
    history.summary(id);
    return true;
  } catch (error) {
    if (error instanceof ProofloadError && error.code === 'run-not-found') return false;
    throw error;
  }
}

/**
 * Saves the sample run in the history. It counts as a run of another machine, for gates and for the noise. An existing
 * one stays as it is. Returns its id. Throws `import-failed` and `history-write-failed`.
 */
export function keepSampleRun(
  file: string,
  dataFolder: string,
  history: Pick<HistoryStore, 'summary' | 'imports' | 'edits'>,
): string {
  const { document, responses, profile } = readSample(file);
  const { id } = document;
  // A user who deleted it and opens it again wants it back.
  history.edits.restore([id]);
  if (isKept(history, id)) return id;
  history.imports.addRun(document, responses);
  history.edits.note(id, { name });
  history.edits.tag([id], 'sample', true);
  keepProfile(dataFolder, id, profile);
  return id;
}

function readSample(file: string): z.infer<typeof sampleRunSchema> {
  try {
    return sampleRunSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new ProofloadError(
      'import-failed',
      `the sample run cannot be read: ${errorMessage(error)}`,
      'reinstall Proofload, or run a level to see the charts',
      { cause: error },
    );
  }
}
