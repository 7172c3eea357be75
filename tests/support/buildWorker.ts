import { resolve } from 'node:path';
import { build } from 'vite';

const project = resolve(import.meta.dirname, '../..');

/**
 * Builds a file of the tests for a process of its own, and resolves with the folder that it is in, as `name`.js.
 * `instead` names files that take the place of imports. The folder is for the process that builds, since others may build
 * the same file at the same time.
 */
export async function buildWorker(
  file: string,
  name: string,
  folderName = name,
  instead: Readonly<Record<string, string>> = {},
): Promise<string> {
  // Inside the project, so that the process finds the packages.
  const folder = resolve(project, 'test-results', 'workers', `${folderName}-${process.pid}`);
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { ...instead } },
    build: {
      ssr: resolve(import.meta.dirname, file),
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: `${name}.js` } },
    },
  });
  return folder;
}
