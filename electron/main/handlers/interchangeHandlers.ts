import { app } from 'electron';
import { ProofloadError } from '../../../shared/errors/appError';
import { isScenarioFormat } from '../../../shared/interchange/formats';
import { compareRuns } from '../../app/comparison/compareRuns';
import { requireScenario } from '../../app/scenarios/scenarioStore';
import { requestRepair } from '../../history/storeFiles';
import { exportRun, exportScenario, fileEndings, loadedUrl } from '../../report/exporters/exportRun';
import { exportStored } from '../../report/exporters/exportStored';
import type { DesktopApp } from '../desktopApp';
import { askForFiles, askWhereToSave, saveAs } from '../fileDialogs';
import type { Handlers } from '../ipc/register';

type InterchangeMethods =
  | 'compareRuns'
  | 'chooseImports'
  | 'importFiles'
  | 'cancelImport'
  | 'saveUnkept'
  | 'exportRun'
  | 'exportScenario'
  | 'saveImage'
  | 'getHistoryState'
  | 'backupHistory'
  | 'cleanHistory'
  | 'compactHistory'
  | 'repairHistory';

/** What the Compare screen asks for, and what goes in and out of files. */
export function interchangeHandlers({
  services,
  imports,
  session,
  repair,
}: DesktopApp): Pick<Handlers, InterchangeMethods> {
  const { dataFolder: folder, history } = services;
  return {
    compareRuns: ({ ids }) => compareRuns(history, ids),
    chooseImports: async () => imports.start(await askForFiles('Import results')),
    importFiles: ({ paths }) => imports.start(paths),
    cancelImport: () => imports.cancel(),
    saveUnkept: async () => {
      const { document } = session.view;
      if (!document) throw new ProofloadError('run-not-found', 'there is no run to save', 'run a level first');
      return saveAs(
        'Save the run',
        `proofload-${document.id}.json`,
        exportRun({ document, histograms: () => [] }, 'json'),
      );
    },
    exportRun: async ({ id, format }) => {
      const suggestion = `proofload-${id}.${fileEndings[format]}`;
      if (!isScenarioFormat(format)) return saveAs('Export the run', suggestion, exportStored(history, id, format));
      const document = history.document(id);
      const { text } = exportScenario(document.scenario, format, loadedUrl(document));
      return saveAs('Export the scenario', suggestion, text);
    },
    exportScenario: ({ levelId, format, url }) =>
      saveAs(
        'Export the scenario',
        `${levelId}.${fileEndings[format]}`,
        exportScenario(requireScenario(folder, levelId), format, url).text,
      ),
    saveImage: ({ name, format, data }) =>
      saveAs('Save the chart', `${name}.${format}`, format === 'png' ? Buffer.from(data, 'base64') : data),
    getHistoryState: () => ({
      runs: history.count({}),
      sizeBytes: history.sizeBytes,
      repair,
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
