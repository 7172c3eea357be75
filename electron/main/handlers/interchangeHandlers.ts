import { app } from 'electron';
import { type AppError, toAppError } from '../../../shared/errors/appError';
import { isScenarioFormat } from '../../../shared/interchange/formats';
import type { ImportOutcome } from '../../../shared/ipc/contract';
import { requestRepair } from '../../history/storeFiles';
import { exportRun, exportScenario, fileEndings } from '../../report/exporters/exportRun';
import { compareRuns } from '../../run/comparison/compareRuns';
import { importRuns } from '../../run/importRuns';
import { requireLevel } from '../../run/levels';
import { askForFiles, askWhereToSave, saveAs } from '../fileDialogs';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

type InterchangeMethods =
  | 'compareRuns'
  | 'chooseImports'
  | 'importFiles'
  | 'exportRun'
  | 'exportScenario'
  | 'saveImage'
  | 'getHistoryState'
  | 'backupHistory'
  | 'cleanHistory'
  | 'compactHistory'
  | 'repairHistory';

/** What the Compare screen asks for, and what goes in and out of files. */
export function interchangeHandlers(parts: Parts): Pick<Handlers, InterchangeMethods> {
  const { folder, history, session } = parts;
  /** A file that can't be imported does not keep the others out. */
  const importAll = async (paths: readonly string[]): Promise<ImportOutcome> => {
    const imported: ImportOutcome['imported'][number][] = [];
    const errors: AppError[] = [];
    for (const path of paths) {
      try {
        imported.push(...(await importRuns(history, path, new Date())));
      } catch (thrown) {
        errors.push(toAppError(thrown));
      }
    }
    return { imported, errors };
  };
  return {
    compareRuns: ({ ids }) => compareRuns(history, ids),
    chooseImports: async () => importAll(await askForFiles('Import results')),
    importFiles: ({ paths }) => importAll(paths),
    exportRun: async ({ id, format }) => {
      const stored = history.stored(id);
      const suggestion = `proofload-${id}.${fileEndings[format]}`;
      if (isScenarioFormat(format)) {
        const { scenario, target } = history.document(id);
        const origin = target.kind === 'url' ? new URL(target.url).origin : undefined;
        return saveAs('Export the scenario', suggestion, exportScenario(scenario, format, origin).text);
      }
      if (stored.kind === 'result' && format === 'json')
        return saveAs('Export the result', suggestion, `${JSON.stringify(stored.result, null, 2)}\n`);
      const source = { document: history.document(id), histograms: () => history.responseHistograms(id) };
      return saveAs('Export the run', suggestion, exportRun(source, format));
    },
    exportScenario: ({ levelId, format, url }) =>
      saveAs(
        'Export the scenario',
        `${levelId}.${fileEndings[format]}`,
        exportScenario(requireLevel(levelId), format, url).text,
      ),
    saveImage: ({ name, format, data }) =>
      saveAs('Save the chart', `${name}.${format}`, format === 'png' ? Buffer.from(data, 'base64') : data),
    getHistoryState: () => ({
      runs: history.count({}),
      sizeBytes: history.sizeBytes,
      repair: parts.repair,
    }),
    backupHistory: async () => {
      const day = new Date().toISOString().slice(0, 10);
      const file = await askWhereToSave('Back up the history', `proofload-history-${day}.sqlite`);
      if (file === undefined) return null;
      await history.backup(file);
      return file;
    },
    cleanHistory: ({ olderThanDays }) => history.edits.retain(olderThanDays, new Date()),
    compactHistory: () => session.exclusively(async () => history.compact()),
    repairHistory: () => {
      session.requireIdle();
      requestRepair(folder);
      app.relaunch();
      app.quit();
    },
  };
}
