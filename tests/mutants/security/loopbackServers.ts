import type { Guard } from '../guard';

/** Servers of the app: the document service and the metrics of a run. */
export const loopbackServerGuards: readonly Guard[] = [
  {
    name: 'the service is asked for by a loopback Host',
    file: 'electron/service/webPageGuard.ts',
    find: '      throw new Refused(421,',
    replace: '      void new Refused(421,',
    tests: [{ project: 'unit', file: 'electron/service/httpServer.test.ts', name: 'this machine alone' }],
  },
  {
    name: 'who was let in before says nothing of others',
    file: 'electron/service/webPageGuard.ts',
    find: 'if (host === this.#known && host !== undefined) return;',
    replace: 'if (this.#known !== undefined) return;',
    tests: [{ project: 'unit', file: 'electron/service/httpServer.test.ts', name: 'who was let in before' }],
  },
  {
    name: 'the service answers no web page',
    file: 'electron/service/webPageGuard.ts',
    find: "if (origin !== undefined || (site !== undefined && site !== 'none'))",
    replace: "if (site !== undefined && site !== 'none')",
    tests: [{ project: 'unit', file: 'electron/service/httpServer.test.ts', name: 'refuses requests of web pages' }],
  },
  {
    name: 'nor one that only reads',
    file: 'electron/service/webPageGuard.ts',
    find: "if (origin !== undefined || (site !== undefined && site !== 'none'))",
    replace: 'if (origin !== undefined || site === "")',
    tests: [{ project: 'unit', file: 'electron/service/httpServer.test.ts', name: 'refuses what a page reads' }],
  },
  {
    name: 'the service takes JSON that is declared as such',
    file: 'electron/service/requestBody.ts',
    find: "  if (type !== 'application/json' && !jsonType.test(type ?? ''))\n",
    replace: "  if (type === 'never' && !jsonType.test(type ?? ''))\n",
    tests: [{ project: 'unit', file: 'electron/service/httpServer.test.ts', name: 'declared as such' }],
  },
  {
    name: 'a body of the service is bounded',
    file: 'electron/service/requestBody.ts',
    find: 'if (size > maxBodyBytes) reject(',
    replace: 'if (size < 0) reject(',
    tests: [{ project: 'unit', file: 'electron/service/httpServer.test.ts', name: 'no body that is larger' }],
  },
  {
    name: 'the metrics of a run are served on loopback',
    file: 'electron/outputs/prometheus/metricsEndpoint.ts',
    find: "server.listen(port, '127.0.0.1', () => {",
    replace: 'server.listen(port, () => {',
    tests: [
      { project: 'unit', file: 'electron/outputs/prometheus/metricsEndpoint.test.ts', name: 'for this machine alone' },
    ],
  },
  {
    name: 'they are asked for by a loopback Host',
    file: 'electron/outputs/prometheus/metricsEndpoint.ts',
    find: 'if (host === undefined || !isLoopbackAuthority(host))',
    replace: 'if (host === undefined)',
    tests: [{ project: 'unit', file: 'electron/outputs/prometheus/metricsEndpoint.test.ts', name: 'no other name' }],
  },
  {
    name: 'no web page reads them',
    file: 'electron/outputs/prometheus/metricsEndpoint.ts',
    find: "if (origin !== undefined || (site !== undefined && site !== 'none'))",
    replace: "if (site === 'never')",
    tests: [{ project: 'unit', file: 'electron/outputs/prometheus/metricsEndpoint.test.ts', name: 'no web page' }],
  },
];
