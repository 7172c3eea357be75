import type { Guard } from '../guard';

/** Pages: what they may do, where they may go, and what they are allowed to ask for. */
export const pagesGuards: readonly Guard[] = [
  {
    name: 'the sandbox of pages',
    file: 'electron/main/windows.ts',
    find: 'sandbox: true,',
    replace: 'sandbox: false,',
    tests: [{ project: 'unit', file: 'electron/main/windows.test.ts' }],
  },
  {
    name: 'the isolation of pages from the preload',
    file: 'electron/main/windows.ts',
    find: 'contextIsolation: true,',
    replace: 'contextIsolation: false,',
    tests: [{ project: 'unit', file: 'electron/main/windows.test.ts' }],
  },
  {
    name: 'pages without Node',
    file: 'electron/main/windows.ts',
    find: 'nodeIntegration: false,',
    replace: 'nodeIntegration: true,',
    tests: [{ project: 'unit', file: 'electron/main/windows.test.ts' }],
  },
  {
    name: 'pages without a webview',
    file: 'electron/main/windows.ts',
    find: "  contents.on('will-attach-webview', (event) => event.preventDefault());\n",
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/windows.test.ts' }],
  },
  {
    name: 'no other windows',
    file: 'electron/main/windows.ts',
    find: "({ action: 'deny' })",
    replace: "({ action: 'allow' })",
    tests: [{ project: 'unit', file: 'electron/main/windows.test.ts' }],
  },
  {
    name: 'a window goes nowhere',
    file: 'electron/main/windows.ts',
    find: '    if (!event.isMainFrame || event.url !== contents.getURL()) event.preventDefault();\n',
    replace: '    void event;\n',
    tests: [{ project: 'unit', file: 'electron/main/windows.test.ts' }],
  },
  {
    name: 'frames go nowhere',
    file: 'electron/main/windows.ts',
    find: '!event.isMainFrame || ',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/windows.test.ts' }],
  },
  {
    name: 'permissions that a page asks for',
    file: 'electron/main/windows.ts',
    find: '    decide(permission === allowedPermission),',
    replace: '    decide(permission !== undefined),',
    tests: [{ project: 'unit', file: 'electron/main/windows.test.ts' }],
  },
  {
    name: 'permissions that a page has',
    file: 'electron/main/windows.ts',
    find: '(_contents, permission) => permission === allowedPermission',
    replace: '(_contents, permission) => permission !== undefined',
    tests: [{ project: 'unit', file: 'electron/main/windows.test.ts' }],
  },
  {
    name: 'devices',
    file: 'electron/main/windows.ts',
    find: '  session.defaultSession.setDevicePermissionHandler(() => false);\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/windows.test.ts' }],
  },
  {
    name: 'permissions are denied at all',
    file: 'electron/main/index.ts',
    find: '  denyPermissions();\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/index.test.ts' }],
  },
];
