import type { Guard } from '../guard';

/** Text of others in reports, scripts, terminals and links. */
export const foreignTextGuards: readonly Guard[] = [
  {
    name: 'names that are markup are text in reports',
    file: 'shared/charts/escapeXml.ts',
    find: "'<': '&lt;',",
    replace: "'<': '<',",
    tests: [{ project: 'unit', file: 'electron/report/exporters/html.test.ts', name: 'runs nothing' }],
  },
  {
    name: 'no name ends the comment of a script',
    file: 'electron/report/exporters/exportedScenario.ts',
    find: ".replaceAll('*/', '* /')",
    replace: '',
    tests: [{ project: 'unit', file: 'electron/report/exporters/scripts.test.ts', name: 'ends its comment' }],
  },
  {
    name: 'terminals obey nothing that is printed',
    file: 'electron/system/terminal.ts',
    find: 'process.stdout.write(printable(text));',
    replace: 'process.stdout.write(text);',
    tests: [{ project: 'unit', file: 'electron/system/terminal.test.ts' }],
  },
  {
    name: 'nor what is exported',
    file: 'electron/report/exporters/exportRun.ts',
    find: 'printable(textOf(source, format))',
    replace: 'textOf(source, format)',
    tests: [{ project: 'unit', file: 'electron/report/exporters/exporters.test.ts', name: 'come from elsewhere' }],
  },
  {
    name: 'no name is a row of its own',
    file: 'electron/cli/output.ts',
    find: 'row.map(printableLine)',
    replace: '[...row]',
    tests: [{ project: 'unit', file: 'electron/cli/output.test.ts' }],
  },
  {
    name: 'a trace is opened in the browser alone',
    file: 'shared/run/traceUrl.ts',
    find: '/^https?:\\/\\//i.test(text) && originOf',
    replace: 'originOf',
    tests: [{ project: 'unit', file: 'shared/run/traceUrl.test.ts', name: 'is not javascript' }],
  },
  {
    name: 'the id of a trace leads nowhere else',
    file: 'shared/run/traceUrl.ts',
    find: 'regex(/^(?!0{32})[0-9a-f]{32}$/)',
    replace: 'min(1)',
    tests: [{ project: 'unit', file: 'shared/run/traceUrl.test.ts', name: 'lead elsewhere' }],
  },
];
