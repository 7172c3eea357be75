import type { Guard } from '../guard';

/** Connections to a target that is slow, full or replaced. */
export const connectionGuards: readonly Guard[] = [
  {
    name: 'only later connections end a pause',
    file: 'electron/load/http/openingPace.ts',
    find: '    if (startedMs <= this.#lastShunnedMs) return;\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/load/executors/recovery.test.ts' }],
  },
  {
    name: 'overdue first responses get room',
    file: 'electron/load/http/overdueResponses.ts',
    find: '      this.#overdue.add(connection);\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/load/executors/recovery.test.ts' }],
  },
  {
    name: 'a server that serves new connections keeps its idle ones',
    file: 'electron/load/http/overdueResponses.ts',
    find: 'if (nowMs >= this.#firstMs + leastOverdueMs) this.#noteOverdue(nowMs);',
    replace: 'this.#noteOverdue(nowMs);',
    tests: [{ project: 'unit', file: 'electron/load/executors/recovery.test.ts' }],
  },
  {
    name: 'a slow server is no server that does not accept',
    file: 'electron/load/http/overdueResponses.ts',
    find: 'overdueFactor * this.#longestMs',
    replace: '0 * this.#longestMs',
    tests: [{ project: 'unit', file: 'electron/load/executors/recovery.test.ts' }],
  },
  {
    name: 'connections without a response are used last',
    file: 'electron/load/http/idleConnections.ts',
    find: '    else this.#connections.unshift(connection);\n',
    replace: '    else this.#connections.push(connection);\n',
    tests: [{ project: 'unit', file: 'electron/load/executors/recovery.test.ts' }],
  },
  {
    name: 'one idle connection stays for the next request',
    file: 'electron/load/http/idleConnections.ts',
    find: 'unused > spared',
    replace: 'unused > 0',
    tests: [{ project: 'unit', file: 'electron/load/executors/recovery.test.ts' }],
  },
  {
    name: 'a crowded server is recognised',
    file: 'electron/load/http/connectionPool.ts',
    find: '    else if (end.abrupt && this.#isCrowded) this.#noteCrowded();\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/load/executors/recovery.test.ts' }],
  },
  {
    name: 'a server that closes for a reason of its own has no limit',
    file: 'electron/load/http/crowding.ts',
    find: '    if (this.#places < refutingShare * this.#firstPlaces) this.#refute();\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/load/http/crowding.test.ts' }],
  },
  {
    name: 'what a GOAWAY leaves unprocessed is sent again, once',
    file: 'electron/load/http/http2/http2Connection.ts',
    find: '    if (this.#isUnprocessed(request)) return undefined;\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/load/http/http2/http2Pool.test.ts' }],
  },
  {
    name: 'a request of HTTP/2 is sent a second time at most',
    file: 'electron/load/http/http2/http2Connection.ts',
    find: '    if (exchange.resent) return failure;\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/load/http/http2/http2Pool.test.ts' }],
  },
  {
    name: 'no more streams than the server allows',
    file: 'electron/load/http/http2/http2Connection.ts',
    find: 'this.usable && this.#requests.size < this.#maxStreams',
    replace: 'this.usable',
    tests: [{ project: 'unit', file: 'electron/load/http/http2/http2Pool.test.ts' }],
  },
  {
    name: 'requests that wait for a stream come before new ones',
    file: 'electron/load/http/http2/http2Pool.ts',
    find: '    if (this.#waiting.length > 0) return undefined;\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/load/http/http2/http2Pool.test.ts' }],
  },
];
