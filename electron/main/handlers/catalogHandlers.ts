import { optionFields } from '../../../shared/engines/config';
import { engineDescriptions } from '../../../shared/engines/engine';
import { ProofloadError } from '../../../shared/errors/appError';
import { readCalibration } from '../../run/calibration/calibrationStore';
import { levels } from '../../run/levels';
import { checkEngine, engineFromEnvironment } from '../../run/prepareRun';
import { defaultEngine, keepDefaultEngine } from '../../run/settings';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** What is chosen in the window has no effect while the environment says otherwise. Throws `usage`. */
function requireNoVariable(): void {
  const engine = engineFromEnvironment();
  if (engine === undefined) return;
  throw new ProofloadError(
    'usage',
    `PROOFLOAD_STORAGE makes ${engine} the default engine`,
    'start Proofload without it to choose another here',
  );
}

/** The levels and engines that there are to choose from, and which engine is the default. */
export function catalogHandlers({ folder, environment }: Parts) {
  return {
    getCatalog: () => ({
      levels,
      engines: engineDescriptions.map((engine) => ({ ...engine, options: optionFields(engine.id) })),
      defaultEngine: defaultEngine(folder),
      environment,
      calibration: readCalibration(folder, environment),
      dataFolder: folder,
    }),
    setDefaultEngine: (choice) => {
      requireNoVariable();
      const before = defaultEngine(folder);
      keepDefaultEngine(folder, checkEngine(choice));
      return before;
    },
  } satisfies Partial<Handlers>;
}
