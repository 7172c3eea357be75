import type { Guard } from '../guard';

/** Runs and experiments: their workers, their owners, and how they are saved. */
export const runGuards: readonly Guard[] = [
  {
    name: 'a worker that dies ends the run',
    file: 'electron/hosting/workerSession.ts',
    find: '        if (!this.#expected) die(workerDied(this.#kind, how));\n',
    replace: '        void workerDied(this.#kind, how);\n',
    tests: [{ project: 'unit', file: 'electron/run/runCoordinator.test.ts', name: 'dies' }],
  },
  {
    name: 'a worker that talks nonsense ends the run',
    file: 'electron/hosting/workerSession.ts',
    find: '          onReport(schema.parse(message));\n',
    replace:
      '          const report = schema.safeParse(message);\n          if (report.success) onReport(report.data);\n',
    tests: [{ project: 'unit', file: 'electron/run/runCoordinator.test.ts', name: 'talks nonsense' }],
  },
  {
    name: 'a run is taken over only where its owner is gone',
    file: 'electron/run/recoverRuns.ts',
    find: '    if (!work) return [];\n',
    replace: '    if (!work) return finishInterrupted(history, id) ? id : [];\n',
    tests: [{ project: 'unit', file: 'electron/run/recoverRuns.test.ts' }],
  },
  {
    name: 'a folder of others in the work folder is left alone',
    file: 'electron/run/ownedWork.ts',
    find: 'if (entry.isDirectory()) return isFolderOfWork(entry.name) ? entry.name : [];',
    replace: 'if (entry.isDirectory()) return entry.name;',
    tests: [{ project: 'unit', file: 'electron/run/ownedWork.test.ts' }],
  },
  {
    name: 'a run waits at its end for another process that writes the history',
    file: 'electron/run/runPersister.ts',
    find: 'if (!isInUse(error) || waitedMs >= patienceMs) throw error;',
    replace: 'if (!isInUse(error) || waitedMs >= 0) throw error;',
    tests: [{ project: 'unit', file: 'electron/run/runPersister.test.ts' }],
  },
  {
    name: 'seconds of a run that can not be written yet are kept',
    file: 'electron/run/runPersister.ts',
    find: 'if (!isInUse(error) || this.#pending.length > maxPendingSeconds) this.#giveUp(error);',
    replace: 'this.#giveUp(error);',
    tests: [{ project: 'unit', file: 'electron/run/runPersister.test.ts' }],
  },
  {
    name: 'an experiment is measured by one process at a time',
    file: 'electron/app/experiment/experimentLease.ts',
    find: 'Lease.take(experimentLease(dataFolder, id))',
    replace: 'Lease.take(experimentLease(dataFolder, `${id}-${Math.random()}`))',
    tests: [{ project: 'unit', file: 'electron/app/experiment/experimentLease.test.ts' }],
  },
  {
    name: 'an experiment goes on with what others have measured of it',
    file: 'electron/app/experiment/experimentLease.ts',
    find: 'measure(newestExperiment(dataFolder, experiment))',
    replace: 'measure(newestExperiment(dataFolder, experiment) && experiment)',
    tests: [{ project: 'unit', file: 'electron/main/handlers/experimentHandlers.test.ts' }],
  },
  {
    name: 'a response time of another tool with a schedule is never proven to pass',
    file: 'electron/measure/trust/unknownGenerator.ts',
    find: 'return isOpen ? { low: subject.value, high: Number.POSITIVE_INFINITY } : undefined;',
    replace: 'return undefined;',
    tests: [
      { project: 'unit', file: 'electron/measure/trust/unknownGenerator.test.ts', name: 'proves no response time' },
    ],
  },
  {
    name: 'a load in Kubernetes of which samples are missing is aborted',
    file: 'electron/drivers/remote/runnerWatch.ts',
    find: 'fault: requests === total ? undefined',
    replace: 'fault: requests >= 0 ? undefined',
    tests: [{ project: 'integration', file: 'tests/integration/remoteLoads.test.ts', name: 'samples are missing' }],
  },
  {
    name: 'a response time that came in a bucket proves nothing within its width',
    file: 'electron/measure/trust/histogramResolution.ts',
    find: 'low: value * (1 - share)',
    replace: 'low: value',
    tests: [
      {
        project: 'unit',
        file: 'electron/measure/trust/histogramResolution.test.ts',
        name: 'only where the lower bound',
      },
    ],
  },
];
