import type { RunDocument } from '../run/document';
import type { ImportedResult } from './importedResult';

/** The content of a run in the history: its document, or the result of another tool. */
export type StoredRun = { kind: 'run'; document: RunDocument } | { kind: 'result'; result: ImportedResult };
