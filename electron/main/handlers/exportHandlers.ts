import { clipboard } from 'electron';
import { ProofloadError } from '../../../shared/errors/appError';
import { isScenarioFormat } from '../../../shared/interchange/formats';
import { requireScenario } from '../../app/scenarios/scenarioStore';
import { exportRun, exportScenario, fileEndings } from '../../report/exporters/exportRun';
import type { DesktopApp } from '../desktopApp';
import { saveAs } from '../fileDialogs';
import type { Handlers } from '../ipc/answer';

/** Saves runs, scenarios and charts as files, and copies runs to the clipboard. */
export function exportHandlers({ services, historyWork, session }: DesktopApp) {
  return {
    saveUnkept: async () => {
      const { document } = session.view;
      if (!document) throw new ProofloadError('run-not-found', 'there is no run to save', 'run a level first');
      return saveAs(
        'Save the run',
        `proofload-${document.id}.json`,
        exportRun({ document, histograms: () => [] }, 'json'),
      );
    },
    exportRun: async ({ id, format }) =>
      saveAs(
        isScenarioFormat(format) ? 'Export the scenario' : 'Export the run',
        `proofload-${id}.${fileEndings[format]}`,
        await historyWork.export(id, format),
      ),
    exportScenario: ({ levelId, format, url }) =>
      saveAs(
        'Export the scenario',
        `${levelId}.${fileEndings[format]}`,
        exportScenario(requireScenario(services.dataFolder, levelId), format, url).text,
      ),
    saveImage: ({ name, format, data }) =>
      saveAs('Save the chart', `${name}.${format}`, format === 'png' ? Buffer.from(data, 'base64') : data),
    copyRun: async ({ id, format }) => clipboard.writeText(await historyWork.export(id, format)),
  } satisfies Partial<Handlers>;
}
