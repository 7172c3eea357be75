import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ImportedFigures } from '../../electron/report/importers/importer';
import { readResult } from '../../electron/report/importers/readResult';

/** Writes a file that exists until the end of the test, and returns its path. */
export function fileOf(content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-content-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'file');
  writeFileSync(path, content);
  return path;
}

/** Returns the results in a file of another tool with this content. */
export async function readResults(content: string | Uint8Array): Promise<readonly ImportedFigures[]> {
  const { content: found } = await readResult(fileOf(content));
  if (found.kind === 'run') throw new Error('a run');
  return found.results;
}

/** Returns the only result in a file of another tool with this content. */
export async function readOneResult(content: string | Uint8Array): Promise<ImportedFigures> {
  const [first, ...others] = await readResults(content);
  if (!first || others.length > 0) throw new Error(`${others.length + 1} results`);
  return first;
}
