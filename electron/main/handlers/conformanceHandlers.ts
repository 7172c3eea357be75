import { readReports } from '../../run/conformance/reportStore';
import { checkEngine } from '../../run/prepareRun';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** The conformance suites of engines. */
export function conformanceHandlers({ folder, session, conformance }: Parts) {
  return {
    getConformance: () => ({ reports: readReports(folder), progress: conformance.progress }),
    runConformance: (choice) => session.exclusively(() => conformance.start(checkEngine(choice))),
    stopConformance: () => conformance.stop(),
  } satisfies Partial<Handlers>;
}
