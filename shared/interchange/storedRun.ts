import type { RunDocument } from '../run/document';
import type { ImportedResult } from './importedResult';

/** What the history has of a run: its document, or the result of another tool. */
export type StoredRun = { kind: 'run'; document: RunDocument } | { kind: 'result'; result: ImportedResult };
