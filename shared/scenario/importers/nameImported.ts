import { type NamedSecret, nameSecrets } from '../../secrets/nameSecrets';
import type { ImportedRequests } from './importedRequests';

/** Imported requests whose secrets have names, and what these are to be kept with. */
export interface NamedImport {
  imported: ImportedRequests;
  secrets: readonly NamedSecret[];
}

/** What can be filled into a header (shared/ipc/secrets.ts). */
function isOneLine(value: string): boolean {
  return /^[^\r\n\0]{1,100000}$/.test(value);
}

/**
 * Gives everything in imported requests that looks like a secret a name that is not among those `taken`. Rows of data
 * stay as they are: they are made from the examples of a document, and their cells are not filled in themselves.
 */
export function nameImported(imported: ImportedRequests, taken: readonly string[]): NamedImport {
  const { work, secrets } = nameSecrets({ requests: imported.requests, data: [] }, taken, isOneLine);
  return { imported: { ...imported, requests: work.requests }, secrets };
}
