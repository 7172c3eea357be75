import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Makes a folder for the files of this benchmark. It is removed when the process exits. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-bench-'));
  folders.push(folder);
  return folder;
}
