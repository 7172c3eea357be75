import type { Guard } from '../guard';

/** The history: its backups, its damage, and others that have it open. */
export const historyGuards: readonly Guard[] = [
  {
    name: 'a store of a newer version is refused',
    file: 'electron/history/migrations.ts',
    find: '      if (version > migrations.length) {\n',
    replace: '      if (version < 0) {\n',
    tests: [{ project: 'unit', file: 'electron/history/historyStore.test.ts', name: 'newer version' }],
  },
  {
    name: 'a backup is one step',
    file: 'electron/history/historyStore.ts',
    find: ', { progress: () => allPages }',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/history/repairHistory.test.ts', name: 'begun anew' }],
  },
  {
    name: 'a backup has its name when it is whole',
    file: 'electron/history/historyStore.ts',
    find: '`${file}.unfinished`',
    replace: 'file',
    tests: [{ project: 'unit', file: 'electron/history/repairHistory.test.ts', name: 'begun anew' }],
  },
  {
    name: 'the main process does not wait for a lock of the history',
    file: 'electron/main/handlers/historyHandlers.ts',
    find: '    await historyWork.written();\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/main/handlers/historyHandlers.test.ts', name: 'waits for the process' }],
  },
  {
    name: 'a process that works on the history may die',
    file: 'electron/historyProcess/historyProcess.ts',
    find: '        this.#settle(({ reject }) => reject(ended(how)));\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/historyProcess/historyProcess.test.ts', name: 'when it dies' }],
  },
  {
    name: 'a store that is gone is noticed',
    file: 'electron/history/storeWriter.ts',
    find: 'if (fileIdentity(this.#database.name) === this.#identity) return result;',
    replace: 'if (fileIdentity(this.#database.name) === this.#identity || true) return result;',
    tests: [{ project: 'unit', file: 'electron/history/historyStore.test.ts', name: 'deleted under it' }],
  },
  {
    name: 'a damaged store is repaired when it is opened',
    file: 'electron/history/openHistory.ts',
    find: '    if (!isDamage(error)) throw error;\n    lock.release();\n',
    replace: '    if (isDamage(error) || true) throw error;\n    lock.release();\n',
    tests: [{ project: 'unit', file: 'electron/history/repairHistory.test.ts' }],
  },
  {
    name: 'a damaged store is set aside under a name of its own',
    file: 'electron/history/storeFiles.ts',
    find: '    if (existsSync(file)) continue;\n',
    replace: '',
    tests: [{ project: 'unit', file: 'electron/history/repairHistory.test.ts', name: 'a name that is taken' }],
  },
  {
    name: 'what is behind the damage is read as well',
    file: 'electron/history/repairHistory.ts',
    find: "  for (const row of rowsFrom(from, table, 'DESC')) {\n",
    replace: "  for (const row of [...rowsFrom(from, table, 'DESC')].slice(0, 0)) {\n",
    tests: [{ project: 'unit', file: 'electron/history/repairHistory.test.ts', name: 'around the damage' }],
  },
  {
    name: 'a history that others have open is not repaired',
    file: 'electron/history/storeLock.ts',
    find: "if (!this.#take('BEGIN EXCLUSIVE', patienceMs)) return false;",
    replace: "if (!this.#take('BEGIN', patienceMs)) return false;",
    tests: [{ project: 'unit', file: 'electron/history/repairHistory.test.ts' }],
  },
  {
    name: 'no write holds up the process that measures',
    file: 'electron/history/storeWriter.ts',
    find: 'this.#measuring.size > 0 ? measuringPatienceMs : patienceMs',
    replace: 'this.#measuring.size > 0 ? patienceMs : patienceMs',
    tests: [{ project: 'unit', file: 'electron/history/historyStore.test.ts', name: 'another process is writing' }],
  },
  {
    name: 'a run that can not be recovered yet is left to the next look',
    file: 'electron/run/recoverRuns.ts',
    find: '      if (isInUse(error)) return [];\n',
    replace: '      void isInUse;\n',
    tests: [{ project: 'unit', file: 'electron/history/historyStore.test.ts', name: 'while another process writes' }],
  },
];
