import { dryRun, dryScenario } from '../../app/scenarios/dryRun';
import { draftProblemsOfTls } from '../../app/scenarios/requireTlsFiles';
import {
  deleteScenario,
  keepScenario,
  parseDraft,
  readScenarios,
  scenarioFolderOf,
} from '../../app/scenarios/scenarioStore';
import type { DesktopApp } from '../desktopApp';
import { askForFiles } from '../fileDialogs';
import type { Handlers } from '../ipc/answer';

/** The user's own scenarios, and the requests that are imported into them. */
export function scenarioHandlers({ services, session, reader }: DesktopApp) {
  const folder = services.dataFolder;
  return {
    getScenarios: () => readScenarios(folder),
    saveScenario: ({ draft, before }) => keepScenario(folder, draft, before),
    deleteScenario: ({ id }) => deleteScenario(folder, id),
    dryRunScenario: async ({ draft, target }) => {
      session.requireIdle();
      const request = await services.prepareRun({ scenario: dryScenario(parseDraft(draft)), target });
      return session.exclusively(() =>
        dryRun((dry) => services.startRun(dry, { onEvent: () => {}, isKept: false }), request),
      );
    },
    checkTlsFiles: ({ tls }) => draftProblemsOfTls(tls, scenarioFolderOf(folder)),
    chooseTlsFile: async () => (await askForFiles('A certificate or a key in a PEM file'))[0] ?? null,
    readRequests: ({ text, filter }) => reader.requests(text, filter),
    chooseRequests: async ({ filter }) => {
      const [path] = await askForFiles('Requests from a recording, a description or a collection');
      return path === undefined ? null : reader.requestsOfFile(path, filter);
    },
  } satisfies Partial<Handlers>;
}
