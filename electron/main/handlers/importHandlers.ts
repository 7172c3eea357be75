import type { DesktopApp } from '../desktopApp';
import { askForFiles } from '../fileDialogs';
import type { Handlers } from '../ipc/answer';

/** Imports results of other tools, and runs of other Proofload installations. */
export function importHandlers({ imports }: DesktopApp) {
  return {
    chooseImports: async () => imports.start(await askForFiles('Import results')),
    importFiles: ({ paths }) => imports.start(paths),
    cancelImport: () => imports.cancel(),
  } satisfies Partial<Handlers>;
}
