import type { Guard } from '../guard';

/** Files and responses of others: how much of them is read. */
export const importGuards: readonly Guard[] = [
  {
    name: 'imports are bounded in size',
    file: 'electron/report/importers/importFile.ts',
    find: '      if (info.size > maxBytes)\n',
    replace: '      if (info.size < 0)\n',
    tests: [{ project: 'unit', file: 'electron/report/importers/hostile.test.ts', name: 'a file of a gigabyte' }],
  },
  {
    name: 'documents are bounded in size',
    file: 'electron/report/importers/importFile.ts',
    find: '    if (this.#bytes > maxDocumentBytes)\n',
    replace: '    if (this.#bytes < 0)\n',
    tests: [
      { project: 'unit', file: 'electron/report/importers/hostile.test.ts', name: 'larger than a summary can be' },
    ],
  },
  {
    name: 'recordings are bounded in size',
    file: 'electron/reading/readRequestFile.ts',
    find: '    if (size > maxBytes)\n',
    replace: '    if (size < 0)\n',
    tests: [{ project: 'unit', file: 'electron/reading/serveReading.test.ts' }],
  },
  {
    name: 'examples of one operation are bounded',
    file: 'shared/scenario/importers/openapi/exampleBudget.ts',
    find: '      count - this.#valuesBefore > values.each ||\n',
    replace: '',
    tests: [
      { project: 'unit', file: 'shared/scenario/importers/openapi/openapi.test.ts', name: 'values of an example' },
    ],
  },
  {
    name: 'texts of one operation are bounded',
    file: 'shared/scenario/importers/openapi/exampleBudget.ts',
    find: 'length - this.#charactersBefore > texts.each',
    replace: 'false',
    tests: [{ project: 'unit', file: 'shared/scenario/importers/openapi/openapi.test.ts', name: 'more characters' }],
  },
  {
    name: 'examples of a document are bounded',
    file: 'shared/scenario/importers/openapi/exampleBudget.ts',
    find: '      count > values.all ||\n',
    replace: '',
    tests: [
      { project: 'unit', file: 'shared/scenario/importers/openapi/openapi.test.ts', name: 'in all of its operations' },
    ],
  },
  {
    name: 'examples are bounded in depth',
    file: 'shared/scenario/importers/openapi/exampleBudget.ts',
    find: 'if (depth > this.#limits.depth)',
    replace: 'if (depth < 0)',
    tests: [
      {
        project: 'unit',
        file: 'shared/scenario/importers/openapi/openapi.test.ts',
        name: 'values inside of each other',
      },
    ],
  },
  {
    name: 'what is in itself is unfolded once',
    file: 'shared/scenario/importers/openapi/openapiExamples.ts',
    find: '    if (this.#open.has(known)) return undefined;\n',
    replace: '',
    tests: [{ project: 'unit', file: 'shared/scenario/importers/openapi/openapi.test.ts', name: 'in itself once' }],
  },
  {
    name: 'documents with requests are bounded in depth',
    file: 'shared/scenario/importers/depth.ts',
    find: 'if (depth >= maxDepth)',
    replace: 'if (depth < 0)',
    tests: [
      {
        project: 'unit',
        file: 'shared/scenario/importers/readRequests.test.ts',
        name: 'inside of each other without an end',
      },
    ],
  },
  {
    name: 'aliases of YAML are bounded',
    file: 'shared/scenario/importers/readRequests.ts',
    find: 'maxAliasCount: 100,',
    replace: 'maxAliasCount: -1,',
    tests: [
      { project: 'unit', file: 'shared/scenario/importers/readRequests.test.ts', name: 'aliases stand for aliases' },
    ],
  },
  {
    name: 'what is decoded is bounded',
    file: 'electron/load/body/decodeBody.ts',
    find: 'return decoder(bytes, { maxOutputLength: limitBytes });',
    replace: 'return decoder(bytes, { maxOutputLength: Math.max(limitBytes, 2 ** 30) });',
    tests: [{ project: 'unit', file: 'electron/load/body/decodeBody.test.ts' }],
  },
  {
    name: 'reading that does not come on is given up',
    file: 'electron/app/importing/foreignReader.ts',
    find: '      let patience = setTimeout(giveUp, maxSilenceMs);\n',
    replace: '      let patience = setTimeout(() => void giveUp, maxSilenceMs);\n',
    tests: [
      { project: 'unit', file: 'electron/app/importing/foreignReader.test.ts', name: 'nothing more of it is read' },
    ],
  },
  {
    name: 'reading is let go when the user thinks better of it',
    file: 'electron/app/importing/foreignReader.ts',
    find: "      signal?.addEventListener('abort', stop);\n",
    replace: '',
    tests: [{ project: 'unit', file: 'electron/app/importing/foreignReader.test.ts', name: 'thought better of it' }],
  },
  {
    name: 'reading that is over leaves no process',
    file: 'electron/app/importing/foreignReader.ts',
    find: '        worker.kill();\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/app/importing/foreignReader.test.ts' }],
  },
  {
    name: 'curl commands of which some go through a proxy and others do not',
    file: 'shared/scenario/importers/requestCollector.ts',
    find: 'this.#proxies.size > 1',
    replace: 'this.#proxies.size > 99',
    tests: [{ project: 'unit', file: 'shared/scenario/importers/curl/curl.test.ts' }],
  },
];
