import { settingFields } from '../../../shared/engines/config';
import { engineDescriptions } from '../../../shared/engines/engine';
import { ProofloadError } from '../../../shared/errors/appError';
import { levels } from '../../app/runs/levels';
import { defaultEngine, keepDefaultEngine } from '../../app/targets/defaultEngine';
import { checkEngine, engineFromEnvironment } from '../../app/targets/engineChoice';
import { generatorsOnPath } from '../../drivers/findTool';
import { readCalibration } from '../../run/calibration/calibrationStore';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** An environment variable overrides choices in the window. Throws `usage` when it is set. */
function requireNoVariable(): void {
  const engine = engineFromEnvironment();
  if (engine === undefined) return;
  throw new ProofloadError(
    'usage',
    `PROOFLOAD_STORAGE makes ${engine} the default engine`,
    'start Proofload without it to choose another here',
  );
}

/** The levels and engines that the user can choose, and the default engine. */
export function catalogHandlers({ services }: DesktopApp) {
  const { dataFolder: folder, environment } = services;
  return {
    getCatalog: () => ({
      levels,
      engines: engineDescriptions.map((engine) => ({ ...engine, settings: settingFields(engine.id) })),
      defaultEngine: defaultEngine(folder),
      environment,
      calibration: readCalibration(folder, environment),
      dataFolder: folder,
      generators: generatorsOnPath(),
    }),
    setDefaultEngine: (choice) => {
      requireNoVariable();
      const before = defaultEngine(folder);
      keepDefaultEngine(folder, checkEngine(choice));
      return before;
    },
  } satisfies Partial<Handlers>;
}
