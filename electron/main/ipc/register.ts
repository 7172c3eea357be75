import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { z } from 'zod';
import { ProofloadError, type Result, toAppError } from '../../../shared/errors/appError';
import { methodChannel } from '../../../shared/ipc/channels';
import {
  contract,
  type Method,
  type MethodName,
  type OutputOf,
  type ParsedInputOf,
} from '../../../shared/ipc/contract';
import { describeIssues } from '../../../shared/scenario/parse';
import { isOurPage } from './sender';

/** One handler for each method of the contract. */
export type Handlers = {
  [Name in MethodName]: (input: ParsedInputOf<Name>) => OutputOf<Name> | Promise<OutputOf<Name>>;
};

function checkSender(event: IpcMainInvokeEvent, appOrigin: string): void {
  if (!isOurPage(event.senderFrame, appOrigin))
    throw new ProofloadError(
      'internal',
      'a call from a foreign page was refused',
      'close the window and open it again',
    );
}

function registerOne<Input extends z.ZodType, Output>(
  name: MethodName,
  method: Method<Input, Output>,
  handler: (input: z.output<Input>) => Output | Promise<Output>,
  appOrigin: string,
): void {
  ipcMain.handle(methodChannel(name), async (event, input: unknown): Promise<Result<Output>> => {
    try {
      checkSender(event, appOrigin);
      const parsed = method.input.safeParse(input);
      if (!parsed.success)
        throw new ProofloadError(
          'usage',
          `the input of ${name} is not valid: ${describeIssues(parsed.error)}`,
          'restart the app; if it stays, report it',
        );
      return { ok: true, value: await handler(parsed.data) };
    } catch (thrown) {
      return { ok: false, error: toAppError(thrown) };
    }
  });
}

/**
 * Connects the handlers to the windows, whose page is at `appOrigin`. The only place that knows ipcMain: here the sender is checked, the input
 * parsed by the contract, and errors turned into values.
 */
export function registerHandlers(handlers: Handlers, appOrigin: string): void {
  registerOne('getCatalog', contract.getCatalog, handlers.getCatalog, appOrigin);
  registerOne('getRunView', contract.getRunView, handlers.getRunView, appOrigin);
  registerOne('startRun', contract.startRun, handlers.startRun, appOrigin);
  registerOne('calibrate', contract.calibrate, handlers.calibrate, appOrigin);
  registerOne('getAllowedHosts', contract.getAllowedHosts, handlers.getAllowedHosts, appOrigin);
  registerOne('withdrawHost', contract.withdrawHost, handlers.withdrawHost, appOrigin);
  registerOne('stopRun', contract.stopRun, handlers.stopRun, appOrigin);
  registerOne('getScenarios', contract.getScenarios, handlers.getScenarios, appOrigin);
  registerOne('saveScenario', contract.saveScenario, handlers.saveScenario, appOrigin);
  registerOne('deleteScenario', contract.deleteScenario, handlers.deleteScenario, appOrigin);
  registerOne('dryRunScenario', contract.dryRunScenario, handlers.dryRunScenario, appOrigin);
  registerOne('readRequests', contract.readRequests, handlers.readRequests, appOrigin);
  registerOne('chooseRequests', contract.chooseRequests, handlers.chooseRequests, appOrigin);
  registerOne('getConformance', contract.getConformance, handlers.getConformance, appOrigin);
  registerOne('runConformance', contract.runConformance, handlers.runConformance, appOrigin);
  registerOne('stopConformance', contract.stopConformance, handlers.stopConformance, appOrigin);
  registerOne('climb', contract.climb, handlers.climb, appOrigin);
  registerOne('getExperiments', contract.getExperiments, handlers.getExperiments, appOrigin);
  registerOne('getExperiment', contract.getExperiment, handlers.getExperiment, appOrigin);
  registerOne('startExperiment', contract.startExperiment, handlers.startExperiment, appOrigin);
  registerOne('resumeExperiment', contract.resumeExperiment, handlers.resumeExperiment, appOrigin);
  registerOne('pauseExperiment', contract.pauseExperiment, handlers.pauseExperiment, appOrigin);
  registerOne('cancelExperiment', contract.cancelExperiment, handlers.cancelExperiment, appOrigin);
  registerOne('setDefaultEngine', contract.setDefaultEngine, handlers.setDefaultEngine, appOrigin);
  registerOne('getFlameTree', contract.getFlameTree, handlers.getFlameTree, appOrigin);
  registerOne('getDatabases', contract.getDatabases, handlers.getDatabases, appOrigin);
  registerOne('useDatabase', contract.useDatabase, handlers.useDatabase, appOrigin);
  registerOne('forgetDatabase', contract.forgetDatabase, handlers.forgetDatabase, appOrigin);
  registerOne('getSecrets', contract.getSecrets, handlers.getSecrets, appOrigin);
  registerOne('setSecret', contract.setSecret, handlers.setSecret, appOrigin);
  registerOne('deleteSecret', contract.deleteSecret, handlers.deleteSecret, appOrigin);
  registerOne('startPostgres', contract.startPostgres, handlers.startPostgres, appOrigin);
  registerOne('stopPostgres', contract.stopPostgres, handlers.stopPostgres, appOrigin);
  registerOne('listRuns', contract.listRuns, handlers.listRuns, appOrigin);
  registerOne('countRuns', contract.countRuns, handlers.countRuns, appOrigin);
  registerOne('keepSampleRun', contract.keepSampleRun, handlers.keepSampleRun, appOrigin);
  registerOne('getRunFacets', contract.getRunFacets, handlers.getRunFacets, appOrigin);
  registerOne('getRunSummary', contract.getRunSummary, handlers.getRunSummary, appOrigin);
  registerOne('noteRun', contract.noteRun, handlers.noteRun, appOrigin);
  registerOne('tagRuns', contract.tagRuns, handlers.tagRuns, appOrigin);
  registerOne('setBaseline', contract.setBaseline, handlers.setBaseline, appOrigin);
  registerOne('deleteRuns', contract.deleteRuns, handlers.deleteRuns, appOrigin);
  registerOne('restoreRuns', contract.restoreRuns, handlers.restoreRuns, appOrigin);
  registerOne('getRun', contract.getRun, handlers.getRun, appOrigin);
  registerOne('getHeat', contract.getHeat, handlers.getHeat, appOrigin);
  registerOne('getReplay', contract.getReplay, handlers.getReplay, appOrigin);
  registerOne('compareRuns', contract.compareRuns, handlers.compareRuns, appOrigin);
  registerOne('chooseImports', contract.chooseImports, handlers.chooseImports, appOrigin);
  registerOne('importFiles', contract.importFiles, handlers.importFiles, appOrigin);
  registerOne('cancelImport', contract.cancelImport, handlers.cancelImport, appOrigin);
  registerOne('saveUnkept', contract.saveUnkept, handlers.saveUnkept, appOrigin);
  registerOne('exportRun', contract.exportRun, handlers.exportRun, appOrigin);
  registerOne('exportScenario', contract.exportScenario, handlers.exportScenario, appOrigin);
  registerOne('saveImage', contract.saveImage, handlers.saveImage, appOrigin);
  registerOne('copyRun', contract.copyRun, handlers.copyRun, appOrigin);
  registerOne('copyText', contract.copyText, handlers.copyText, appOrigin);
  registerOne('getPreferences', contract.getPreferences, handlers.getPreferences, appOrigin);
  registerOne('setTheme', contract.setTheme, handlers.setTheme, appOrigin);
  registerOne('openWindow', contract.openWindow, handlers.openWindow, appOrigin);
  registerOne('getHistoryState', contract.getHistoryState, handlers.getHistoryState, appOrigin);
  registerOne('backupHistory', contract.backupHistory, handlers.backupHistory, appOrigin);
  registerOne('cleanHistory', contract.cleanHistory, handlers.cleanHistory, appOrigin);
  registerOne('compactHistory', contract.compactHistory, handlers.compactHistory, appOrigin);
  registerOne('repairHistory', contract.repairHistory, handlers.repairHistory, appOrigin);
}
