import type { Guard } from '../guard';

/** The packaged app: its fuses, its switches and what it loads. */
export const packageGuards: readonly Guard[] = [
  {
    name: 'a package loads no add-on of others',
    file: 'electron/sqlite/substituteBinding.ts',
    find: 'electron === undefined || isPackage ?',
    replace: 'electron === undefined ?',
    tests: [{ project: 'unit', file: 'electron/sqlite/substituteBinding.test.ts' }],
  },
  {
    name: 'a package loads no add-on of others, as users start it',
    file: 'electron/sqlite/substituteBinding.ts',
    find: 'electron === undefined || isPackage ?',
    replace: 'electron === undefined ?',
    tests: [{ project: 'e2e', file: 'tests/e2e/package.e2e.ts', name: 'opens no inspector' }],
  },
  {
    name: 'switches that open an inspector',
    file: 'electron/main/switches.ts',
    find: '    commandLine.removeSwitch(name);\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/switches.test.ts' }],
  },
  {
    name: 'a package opens no inspector',
    file: 'electron/main/index.ts',
    find: 'if (app.isPackaged) takeNoOrders(app.commandLine);',
    replace: 'void takeNoOrders;',
    tests: [{ project: 'e2e', file: 'tests/e2e/package.e2e.ts', name: 'opens no inspector' }],
  },
  ...[
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'onlyLoadAppFromAsar: true',
  ].map(
    (fuse): Guard => ({
      name: `the fuse ${fuse.split(':')[0]}`,
      file: 'electron-builder.yml',
      find: fuse,
      replace: fuse.endsWith('true') ? fuse.replace('true', 'false') : fuse.replace('false', 'true'),
      tests: [{ project: 'e2e', file: 'tests/e2e/package.e2e.ts', name: 'is locked by its fuses' }],
    }),
  ),
];
