import type { Guard } from '../guard';

/** Calls of pages to the main process: who calls, and with what. */
export const ipcGuards: readonly Guard[] = [
  {
    name: 'the sender is checked',
    file: 'electron/main/ipc/answer.ts',
    find: '      checkSender(sender, appOrigin);\n',
    replace: '      void [checkSender, sender, appOrigin];\n',
    tests: [{ project: 'unit', file: 'electron/main/ipc/answer.test.ts' }],
  },
  {
    name: 'the protocol of the sender',
    file: 'electron/main/ipc/sender.ts',
    find: 'sender.protocol === ours.protocol && ',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/ipc/answer.test.ts' }],
  },
  {
    name: 'the host of the sender',
    file: 'electron/main/ipc/sender.ts',
    find: ' && sender.host === ours.host',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/ipc/answer.test.ts' }],
  },
  {
    name: 'the sender compared as it was, by origin',
    file: 'electron/main/ipc/sender.ts',
    find: 'sender.protocol === ours.protocol && sender.host === ours.host',
    replace: 'sender.origin === ours.origin',
    tests: [{ project: 'unit', file: 'electron/main/ipc/answer.test.ts' }],
  },
  {
    name: 'the sender compared as it was, by origin, in the window',
    file: 'electron/main/ipc/sender.ts',
    find: 'sender.protocol === ours.protocol && sender.host === ours.host',
    replace: 'sender.origin === ours.origin',
    tests: [{ project: 'e2e', file: 'tests/e2e/security.e2e.ts', name: 'a page that is not ours' }],
  },
  {
    name: 'calls of frames',
    file: 'electron/main/ipc/sender.ts',
    find: ' || frame.parent !== null',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/ipc/answer.test.ts' }],
  },
  {
    name: 'input is checked by the contract',
    file: 'electron/main/ipc/answer.ts',
    find: '  if (!parsed.success)\n',
    replace: '  if (parsed.success && false)\n',
    tests: [{ project: 'unit', file: 'electron/main/ipc/answer.test.ts' }],
  },
];
