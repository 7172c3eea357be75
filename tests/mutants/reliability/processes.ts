import type { Guard } from '../guard';

/** Processes: their leases, their identity, their pauses, and the signals that end them. */
export const processGuards: readonly Guard[] = [
  {
    name: 'the work of an owner that lives is left alone',
    file: 'electron/sqlite/lease.ts',
    find: "database.exec('BEGIN EXCLUSIVE');",
    replace: "database.exec('BEGIN');",
    tests: [{ project: 'unit', file: 'electron/sqlite/lease.test.ts' }],
  },
  {
    name: 'a lease whose file is gone is none',
    file: 'electron/sqlite/lease.ts',
    find: '        if (existsSync(file)) return new Lease(file, database);\n',
    replace: '        if (existsSync(file) || true) return new Lease(file, database);\n',
    tests: [{ project: 'unit', file: 'electron/sqlite/leaseSwept.test.ts' }],
  },
  {
    name: 'nothing is signalled that is another process by now',
    file: 'electron/system/processIdentity.ts',
    find: 'now !== undefined && now.started === identity.started && programOf(now) === programOf(identity)',
    replace: 'now !== undefined',
    tests: [{ project: 'unit', file: 'electron/system/processIdentity.test.ts' }],
  },
  {
    name: 'the number of a stranger is not that of a server',
    file: 'electron/postgres/leftServer.ts',
    find: 'isStill(noted, identify) && look(noted.pid, identify)?.command === noted.command ? noted : undefined',
    replace: 'look(noted.pid, identify) ? noted : undefined',
    tests: [{ project: 'unit', file: 'electron/postgres/leftServer.test.ts' }],
  },
  {
    name: 'the embedded PostgreSQL of another Proofload is waited for',
    file: 'electron/postgres/serverLease.ts',
    find: 'Lease.takePatiently(`${folder}.lease`, patienceMs, signal)',
    replace: 'Lease.takePatiently(`${folder}.lease`, 0 * patienceMs, signal)',
    tests: [{ project: 'unit', file: 'electron/postgres/serverLease.test.ts' }],
  },
  {
    name: 'workers leave it to their coordinator when they stop',
    file: 'electron/system/stopSignals.ts',
    find: '  for (const signal of stopSignals) process.on(signal, () => {});\n',
    replace: '',
    tests: [{ project: 'integration', file: 'tests/integration/signals.test.ts' }],
  },
  {
    name: 'a second wish ends at once',
    file: 'electron/system/stopSignals.ts',
    find: "    if (heard === 'all of a request') onSecond();\n",
    replace: '',
    tests: [{ project: 'unit', file: 'electron/system/stopSignals.test.ts' }],
  },
  {
    name: 'signals that are passed on are no second wish',
    file: 'electron/system/stopSignals.ts',
    find: "    if (heard === 'all of a request') onSecond();\n",
    replace: "    if (heard !== 'nothing') onSecond();\n",
    tests: [{ project: 'unit', file: 'electron/system/stopSignals.test.ts' }],
  },
  {
    name: 'signals that came while the program was busy are no second wish',
    file: 'electron/system/stopSignals.ts',
    find: 'setTimeout(() => setImmediate(then).unref(), ms).unref();',
    replace: 'setTimeout(then, ms).unref();',
    tests: [{ project: 'unit', file: 'electron/system/stopSignals.test.ts' }],
  },
  {
    name: 'the end of a worker by a stop signal waits for the signal',
    file: 'electron/system/stopSignals.ts',
    find: '  if (isStopSignal(ended)) later(report);\n  else report();\n',
    replace: '  report();\n',
    tests: [{ project: 'unit', file: 'electron/hosting/childProcessHost.test.ts' }],
  },
  {
    name: 'a signal to the group is heard before the end of what it has ended',
    file: 'electron/system/stopSignals.ts',
    find: 'setTimeout(() => setImmediate(then), groupSignalMs);',
    replace: 'setTimeout(then, groupSignalMs);',
    tests: [{ project: 'unit', file: 'electron/system/stopSignals.test.ts' }],
  },
  {
    name: 'a collection takes no longer than its process computed',
    file: 'electron/workers/collectionTimes.ts',
    find: 'Math.min(this.#gcMaxMs, mostMs)',
    replace: 'this.#gcMaxMs',
    tests: [{ project: 'unit', file: 'electron/workers/collectionTimes.test.ts' }],
  },
];
