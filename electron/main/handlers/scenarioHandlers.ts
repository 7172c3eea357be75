import { readFile, stat } from 'node:fs/promises';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { readRequests } from '../../../shared/scenario/importers/readRequests';
import { admitRun, prepareRun, unwrap, urlTarget } from '../../run/prepareRun';
import { dryRun, dryScenario } from '../../run/scenarios/dryRun';
import { deleteScenario, keepScenario, parseDraft, readScenarios } from '../../run/scenarios/scenarioStore';
import { defaultEngine } from '../../run/settings';
import { askForFiles } from '../fileDialogs';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

type ScenarioMethods =
  | 'getScenarios'
  | 'saveScenario'
  | 'deleteScenario'
  | 'dryRunScenario'
  | 'readRequests'
  | 'chooseRequests';

/** Larger recordings are cut by the tool that makes them. */
const maxBytes = 64 * 2 ** 20;

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes)
      throw new RangeError(`it has ${Math.round(size / 2 ** 20)} MB, more than the 64 MB that are read`);
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ProofloadError('import-failed', `${path} cannot be read: ${errorMessage(error)}`, 'choose another file');
  }
}

/** What the Scenarios screen asks for. */
export function scenarioHandlers({ folder, session, hosts, startUnsaved }: Parts): Pick<Handlers, ScenarioMethods> {
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
    readRequests: ({ text }) => unwrap(readRequests(text)),
    chooseRequests: async () => {
      const [path] = await askForFiles('Requests from a HAR file or an OpenAPI document');
      return path === undefined ? null : unwrap(readRequests(await readText(path)));
    },
  };
}
