import type { Guard } from '../guard';

/** Files that the app saves: they are on the disk, they are its own, and SQLite alone opens its databases. */
export const savedFileGuards: readonly Guard[] = [
  {
    name: 'what is saved is on the disk',
    file: 'electron/system/writeWhole.ts',
    find: '    writeFileSync(fd, content);\n    fsyncSync(fd);\n',
    replace: '    writeFileSync(fd, content);\n',
    tests: [{ project: 'unit', file: 'electron/system/writeWhole.test.ts' }],
  },
  {
    name: 'and so is its name',
    file: 'electron/system/writeWhole.ts',
    find: '    renameSync(fresh, file);\n    syncFolder(dirname(file));\n',
    replace: '    renameSync(fresh, file);\n',
    tests: [{ project: 'unit', file: 'electron/system/writeWhole.test.ts' }],
  },
  {
    name: 'what SQLite has open is opened by nothing else: imports',
    file: 'electron/report/importers/importFile.ts',
    find: 'if (isOpenDatabase(path))',
    replace: 'if (isOpenDatabase(path) && false)',
    tests: [{ project: 'unit', file: 'electron/system/openDatabases.test.ts' }],
  },
  {
    name: 'what SQLite has open is opened by nothing else: exports',
    file: 'electron/system/privateFiles.ts',
    find: 'if (isOpenDatabase(path))',
    replace: 'if (isOpenDatabase(path) && false)',
    tests: [{ project: 'unit', file: 'electron/system/openDatabases.test.ts' }],
  },
  {
    name: 'a file that another user has left is named',
    file: 'electron/system/deniedFile.ts',
    find: '  if (!foreign) return undefined;\n',
    replace: '  if (!foreign || isDenial || !isDenial) return undefined;\n',
    tests: [{ project: 'unit', file: 'electron/system/deniedFile.test.ts' }],
  },
];
