import { type NamedSecret, nameSecrets } from '../../secrets/nameSecrets';
import type { ImportedRequests } from './importedRequests';

/** Imported requests with named secrets, and the secrets to store under these names. */
export interface NamedImport {
  imported: ImportedRequests;
  secrets: readonly NamedSecret[];
}

/** Whether a value can be filled into a header (shared/ipc/secrets.ts). */
function isOneLine(value: string): boolean {
  return /^[^\r\n\0]{1,100000}$/.test(value);
}

/**
 * Replaces everything in imported requests that looks like a secret by a name that is not in `taken`. Rows of data stay
 * unchanged: they come from the examples of a document, and their cells are not filled in.
 */
export function nameImported(imported: ImportedRequests, taken: readonly string[]): NamedImport {
  const { requests, proxy } = imported;
  const { work, secrets } = nameSecrets({ requests, data: [], proxy }, taken, isOneLine);
  const named = work.proxy === undefined ? {} : { proxy: work.proxy };
  return { imported: { ...imported, requests: work.requests, ...named }, secrets };
}
