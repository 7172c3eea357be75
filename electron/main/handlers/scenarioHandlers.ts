import { admitRun, prepareRun, urlTarget } from '../../run/prepareRun';
import { dryRun, dryScenario } from '../../run/scenarios/dryRun';
import { deleteScenario, keepScenario, parseDraft, readScenarios } from '../../run/scenarios/scenarioStore';
import { defaultEngine } from '../../run/settings';
import { askForFiles } from '../fileDialogs';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** The user's own scenarios, and requests to make them of. */
export function scenarioHandlers({ folder, session, hosts, reader, startUnsaved }: Parts) {
  return {
    getScenarios: () => readScenarios(folder),
    saveScenario: ({ draft, before }) => keepScenario(folder, draft, before),
    deleteScenario: ({ id }) => deleteScenario(folder, id),
    dryRunScenario: async ({ draft, url }) => {
      session.requireIdle();
      const scenario = parseDraft(draft);
      const ownTarget = url === undefined ? undefined : urlTarget({ url });
      const prepared = prepareRun(
        {
          scenario: dryScenario(scenario),
          target: ownTarget ?? (scenario.requests ? undefined : defaultEngine(folder)),
          overrides: {},
        },
        new Date(),
      );
      const request = await admitRun(prepared, hosts);
      return session.exclusively(() => dryRun(startUnsaved, request));
    },
    readRequests: ({ text }) => reader.requests(text),
    chooseRequests: async () => {
      const [path] = await askForFiles('Requests from a HAR file or an OpenAPI document');
      return path === undefined ? null : reader.requestsOfFile(path);
    },
  } satisfies Partial<Handlers>;
}
