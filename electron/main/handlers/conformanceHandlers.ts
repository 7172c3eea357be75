import { readReports } from '../../app/conformance/reportStore';
import { checkEngine } from '../../app/targets/engineChoice';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** The conformance suites of engines. */
export function conformanceHandlers({ services, session, conformance }: DesktopApp) {
  return {
    getConformance: () => ({ reports: readReports(services.dataFolder), progress: conformance.progress }),
    runConformance: (choice) => session.exclusively(() => conformance.start(checkEngine(choice))),
    stopConformance: () => conformance.stop(),
  } satisfies Partial<Handlers>;
}
