import type { Guard } from '../guard';

/** The protocol of the pages and its Content-Security-Policy. */
export const appProtocolGuards: readonly Guard[] = [
  {
    name: 'nothing from elsewhere: default-src',
    file: 'electron/main/appProtocol.ts',
    find: `"default-src 'none'",`,
    replace: `"default-src 'self'",`,
    tests: [{ project: 'unit', file: 'electron/main/appProtocol.test.ts' }],
  },
  {
    name: 'no script but ours: script-src',
    file: 'electron/main/appProtocol.ts',
    find: `"script-src 'self'",`,
    replace: `"script-src 'self' 'unsafe-inline' 'unsafe-eval'",`,
    tests: [{ project: 'unit', file: 'electron/main/appProtocol.test.ts' }],
  },
  {
    name: 'pages reach the app only: connect-src',
    file: 'electron/main/appProtocol.ts',
    find: `"connect-src 'self'",`,
    replace: '"connect-src *",',
    tests: [{ project: 'unit', file: 'electron/main/appProtocol.test.ts' }],
  },
  {
    name: 'pages reach the app only: connect-src, in the window',
    file: 'electron/main/appProtocol.ts',
    find: `"connect-src 'self'",`,
    replace: '"connect-src *",',
    tests: [{ project: 'e2e', file: 'tests/e2e/security.e2e.ts', name: 'no script but ours runs' }],
  },
  {
    name: 'the policy is sent',
    file: 'electron/main/appProtocol.ts',
    find: "          'Content-Security-Policy': contentSecurityPolicy,\n",
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/appProtocol.test.ts' }],
  },
  {
    name: 'paths of the protocol',
    file: 'electron/main/appProtocol.ts',
    find: 'file.startsWith(folder + sep) ? file : undefined',
    replace: 'file',
    tests: [{ project: 'unit', file: 'electron/main/appProtocol.test.ts' }],
  },
  {
    name: 'the end of the folder of the protocol',
    file: 'electron/main/appProtocol.ts',
    find: 'file.startsWith(folder + sep)',
    replace: 'file.startsWith(folder)',
    tests: [{ project: 'unit', file: 'electron/main/appProtocol.test.ts' }],
  },
  {
    name: 'the host of the protocol',
    file: 'electron/main/appProtocol.ts',
    find: "  if (host !== 'app') return undefined;\n",
    replace: '  void host;\n',
    tests: [{ project: 'unit', file: 'electron/main/appProtocol.test.ts' }],
  },
];
