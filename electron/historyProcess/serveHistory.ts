import { toAppError } from '../../shared/errors/appError';
import { isScenarioFormat } from '../../shared/interchange/formats';
import type { LineSubject, OperationSeconds } from '../../shared/run/operationSeconds';
import { scenarioOfOperations } from '../../shared/scenario/steps';
import { compareRuns } from '../app/comparison/compareRuns';
import { workFolder } from '../app/dataFolder';
import { keepRead } from '../app/importing/importRuns';
import { replayOf } from '../app/runs/replay';
import { keepSampleRun } from '../app/runs/sampleRun';
import type { HistoryStore } from '../history/historyStore';
import { openHistory } from '../history/openHistory';
import { latencyHeatmap } from '../measure/latencyHeatmap';
import { operationSeconds } from '../measure/operationSeconds';
import { readFileSchema } from '../reading/protocol';
import { exportScenario, loadedUrl } from '../report/exporters/exportRun';
import { exportStored } from '../report/exporters/exportStored';
import { recoverRuns } from '../run/recoverRuns';
import type { ParentPort } from '../workers/parentPort';
import { type HistoryReport, type HistoryTask, historyCommandSchema } from './protocol';

/** The operations of a run second by second, or its scenarios. */
function secondsBy(history: HistoryStore, { id, by }: { id: string; by: LineSubject }): OperationSeconds[] {
  const responses = history.responseHistograms(id);
  if (by === 'operation') return operationSeconds(responses);
  const scenarios = scenarioOfOperations(history.document(id).scenario);
  return operationSeconds(responses, (operation) => scenarios.get(operation));
}

/** Runs a task and returns the result that the protocol describes. Throws the errors of the called functions. */
async function work(history: HistoryStore, dataFolder: string, task: HistoryTask): Promise<string> {
  switch (task.type) {
    case 'stored':
      return JSON.stringify(history.stored(task.id));
    case 'heat':
      return JSON.stringify(latencyHeatmap(history.responseHistograms(task.id)));
    case 'operations':
      return JSON.stringify(secondsBy(history, task));
    case 'replay':
      return JSON.stringify(replayOf(history, history.document(task.id)));
    case 'export': {
      const { id, format } = task;
      if (!isScenarioFormat(format)) return exportStored(history, id, format);
      const document = history.document(id);
      return exportScenario(document.scenario, format, loadedUrl(document)).text;
    }
    case 'compare':
      return JSON.stringify(compareRuns(history, task.ids));
    case 'forecast':
      return JSON.stringify(history.budget.forecast(task.budgetBytes));
    case 'recover':
      recoverRuns(history, workFolder(dataFolder));
      return '';
    case 'keep-sample':
      return keepSampleRun(task.file, dataFolder, history);
    case 'keep-read':
      return JSON.stringify(keepRead(history, readFileSchema.parse(JSON.parse(task.json)), new Date()));
    case 'retain':
      return JSON.stringify(history.edits.retain(task.days, new Date()));
    case 'purge':
      history.edits.purge(new Date());
      return '';
    case 'pack': {
      let isMore = true;
      while (isMore) isMore = history.packing.packNext(new Date());
      if (task.budgetBytes !== null) history.budget.keepWithin(task.budgetBytes);
      history.packing.releasePages();
      return '';
    }
    case 'compact':
      return JSON.stringify(history.compact());
    case 'backup':
      await history.backup(task.file, task.mode);
      return '';
  }
}

/**
 * Runs long work on a history in its own process. The main process of the window has the history open as well, to save
 * the run in progress, and must not be blocked.
 */
export function serveHistory(parent: ParentPort): void {
  let history: HistoryStore | undefined;
  const report = (message: HistoryReport): void => parent.send(message);
  parent.onMessage((message) => {
    const { dataFolder, task } = historyCommandSchema.parse(message);
    const doing = async (): Promise<string> => {
      history ??= openHistory(dataFolder);
      return work(history, dataFolder, task);
    };
    doing()
      .then((text) => report({ type: 'done', text }))
      .catch((error: unknown) => report({ type: 'failed', error: toAppError(error) }));
  });
}
