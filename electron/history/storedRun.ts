import { z } from 'zod';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { importedResultSchema } from '../../shared/interchange/importedResult';
import type { StoredRun } from '../../shared/interchange/storedRun';
import { runDocumentSchema } from '../../shared/run/document';
import { unpackDocument } from './packedDocument';

const schemaSchema = z.looseObject({ schema: z.string() });

/** Reads a stored run. Throws `history-unreadable`. */
export function readStored(id: string, packed: Buffer): StoredRun {
  try {
    const value = unpackDocument(packed);
    return schemaSchema.parse(value).schema === 'proofload.result/1'
      ? { kind: 'result', result: importedResultSchema.parse(value) }
      : { kind: 'run', document: runDocumentSchema.parse(value) };
  } catch (error) {
    throw new ProofloadError(
      'history-unreadable',
      `run ${id} is damaged: ${errorMessage(error)}`,
      'open another run; this one stays as it is',
      { cause: error },
    );
  }
}
