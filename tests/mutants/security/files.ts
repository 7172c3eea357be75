import type { Guard } from '../guard';

/** Files that are read for a run, and files that are written. */
export const fileGuards: readonly Guard[] = [
  {
    name: 'data files in the folder of the scenario',
    file: 'electron/load/data/dataFilePath.ts',
    find: "if (inside.startsWith('..') || isAbsolute(inside))",
    replace: 'if (isAbsolute(inside))',
    tests: [{ project: 'unit', file: 'electron/load/data/dataFilePath.test.ts' }],
  },
  {
    name: 'files that are sent lie with the scenario',
    file: 'electron/load/body/bodyFiles.ts',
    find: "if (place.startsWith('..') || isAbsolute(place))",
    replace: "if (place.startsWith('..') && isAbsolute(place))",
    tests: [{ project: 'unit', file: 'electron/load/body/bodyFiles.test.ts' }],
  },
  {
    name: 'databases are for their user alone',
    file: 'electron/sqlite/openDatabase.ts',
    find: 'makePrivateFile(path);',
    replace: 'makePrivateFile;',
    tests: [{ project: 'unit', file: 'electron/system/privateFiles.test.ts' }],
  },
  {
    name: 'earlier data folders are closed by commands',
    file: 'electron/cli/program.ts',
    find: 'closeDataFolder(dataFolder(dataDirOf(command)))',
    replace: 'void dataFolder(dataDirOf(command))',
    tests: [{ project: 'integration', file: 'tests/integration/typedSecrets.test.ts' }],
  },
  {
    name: 'what commands write is for their user alone',
    file: 'electron/cli/index.ts',
    find: 'keepFilesPrivate();\n',
    replace: '',
    tests: [{ project: 'integration', file: 'tests/integration/typedSecrets.test.ts' }],
  },
  {
    name: 'what the window writes is for its user alone',
    file: 'electron/main/index.ts',
    find: 'keepFilesPrivate();\n',
    replace: '',
    tests: [{ project: 'e2e', file: 'tests/e2e/privateFiles.e2e.ts' }],
  },
  {
    name: 'earlier data folders are closed by the window',
    file: 'electron/main/index.ts',
    find: 'closeDataFolder(folder);\n',
    replace: '',
    tests: [{ project: 'e2e', file: 'tests/e2e/privateFiles.e2e.ts' }],
  },
];
