import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Result } from '../../shared/errors/appError';
import type { ImportProgress } from '../../shared/interchange/importOutcome';
import {
  bridgeName,
  conformanceChannel,
  experimentChannel,
  importChannel,
  methodChannel,
  requestChannel,
  runEventChannel,
} from '../../shared/ipc/channels';
import type {
  Bridge,
  ConformanceProgress,
  ExperimentProgress,
  InputOf,
  MethodName,
  OutputOf,
} from '../../shared/ipc/contract';
import type { WindowRequest } from '../../shared/ipc/windowRequest';
import type { RunEvent } from '../../shared/run/events';

function invoke<Name extends MethodName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>> {
  return ipcRenderer.invoke(methodChannel(name), input);
}

function listen<Announced>(channel: string, listener: (announced: Announced) => void): () => void {
  const forward = (_event: unknown, announced: Announced): void => listener(announced);
  ipcRenderer.on(channel, forward);
  return () => ipcRenderer.off(channel, forward);
}

const bridge: Bridge = {
  getCatalog: (input) => invoke('getCatalog', input),
  getRunView: (input) => invoke('getRunView', input),
  startRun: (input) => invoke('startRun', input),
  calibrate: (input) => invoke('calibrate', input),
  getAllowedHosts: (input) => invoke('getAllowedHosts', input),
  withdrawHost: (input) => invoke('withdrawHost', input),
  stopRun: (input) => invoke('stopRun', input),
  getScenarios: (input) => invoke('getScenarios', input),
  saveScenario: (input) => invoke('saveScenario', input),
  deleteScenario: (input) => invoke('deleteScenario', input),
  dryRunScenario: (input) => invoke('dryRunScenario', input),
  readRequests: (input) => invoke('readRequests', input),
  chooseRequests: (input) => invoke('chooseRequests', input),
  getConformance: (input) => invoke('getConformance', input),
  runConformance: (input) => invoke('runConformance', input),
  stopConformance: (input) => invoke('stopConformance', input),
  climb: (input) => invoke('climb', input),
  getExperiments: (input) => invoke('getExperiments', input),
  getExperiment: (input) => invoke('getExperiment', input),
  startExperiment: (input) => invoke('startExperiment', input),
  resumeExperiment: (input) => invoke('resumeExperiment', input),
  pauseExperiment: (input) => invoke('pauseExperiment', input),
  cancelExperiment: (input) => invoke('cancelExperiment', input),
  setDefaultEngine: (input) => invoke('setDefaultEngine', input),
  getFlameTree: (input) => invoke('getFlameTree', input),
  getDatabases: (input) => invoke('getDatabases', input),
  useDatabase: (input) => invoke('useDatabase', input),
  forgetDatabase: (input) => invoke('forgetDatabase', input),
  getSecrets: (input) => invoke('getSecrets', input),
  setSecret: (input) => invoke('setSecret', input),
  deleteSecret: (input) => invoke('deleteSecret', input),
  startPostgres: (input) => invoke('startPostgres', input),
  stopPostgres: (input) => invoke('stopPostgres', input),
  listRuns: (input) => invoke('listRuns', input),
  countRuns: (input) => invoke('countRuns', input),
  keepSampleRun: (input) => invoke('keepSampleRun', input),
  getRunFacets: (input) => invoke('getRunFacets', input),
  getRunSummary: (input) => invoke('getRunSummary', input),
  noteRun: (input) => invoke('noteRun', input),
  tagRuns: (input) => invoke('tagRuns', input),
  setBaseline: (input) => invoke('setBaseline', input),
  deleteRuns: (input) => invoke('deleteRuns', input),
  restoreRuns: (input) => invoke('restoreRuns', input),
  getRun: (input) => invoke('getRun', input),
  getHeat: (input) => invoke('getHeat', input),
  getReplay: (input) => invoke('getReplay', input),
  compareRuns: (input) => invoke('compareRuns', input),
  chooseImports: (input) => invoke('chooseImports', input),
  importFiles: (input) => invoke('importFiles', input),
  cancelImport: (input) => invoke('cancelImport', input),
  saveUnkept: (input) => invoke('saveUnkept', input),
  exportRun: (input) => invoke('exportRun', input),
  exportScenario: (input) => invoke('exportScenario', input),
  saveImage: (input) => invoke('saveImage', input),
  copyRun: (input) => invoke('copyRun', input),
  copyText: (input) => invoke('copyText', input),
  getPreferences: (input) => invoke('getPreferences', input),
  setTheme: (input) => invoke('setTheme', input),
  openWindow: (input) => invoke('openWindow', input),
  getHistoryState: (input) => invoke('getHistoryState', input),
  backupHistory: (input) => invoke('backupHistory', input),
  cleanHistory: (input) => invoke('cleanHistory', input),
  compactHistory: (input) => invoke('compactHistory', input),
  repairHistory: (input) => invoke('repairHistory', input),
  onConformance: (listener) => listen<ConformanceProgress>(conformanceChannel, listener),
  onExperiment: (listener) => listen<ExperimentProgress>(experimentChannel, listener),
  onImport: (listener) => listen<ImportProgress>(importChannel, listener),
  onRequest: (listener) => listen<WindowRequest>(requestChannel, listener),
  pathOf: (file) => webUtils.getPathForFile(file),
  onRunEvent: (listener) => listen<RunEvent>(runEventChannel, listener),
};

contextBridge.exposeInMainWorld(bridgeName, bridge);
