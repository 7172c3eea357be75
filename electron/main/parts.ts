import type { Environment } from '../../shared/run/document';
import type { HistoryStore } from '../history/historyStore';
import type { HistoryWork } from '../historyProcess/historyWork';
import type { Databases } from '../run/databases/databases';
import type { ForeignReader } from '../run/foreignReader';
import type { HostGuard } from '../run/hosts/hostGuard';
import type { RunHandle, RunRequest } from '../run/runContract';
import type { WorkerHost } from '../run/workerHost';
import type { AllowedHosts } from './allowedHosts';
import type { ConformanceSession } from './conformanceSession';
import type { ExperimentSession } from './experimentSession';
import type { ImportSession } from './importSession';
import type { PreferenceStore } from './preferences';
import type { RunSession } from './runSession';
import type { SecretStore } from './secretStore';
import type { Windows } from './windows';

/** The parts of the app that the handlers of the window work with. */
export interface Parts {
  /** The data folder. */
  folder: string;
  history: HistoryStore;
  /** What takes long of the work on the history, outside of this process. */
  historyWork: HistoryWork;
  session: RunSession;
  conformance: ConformanceSession;
  experiments: ExperimentSession;
  databases: Databases;
  secrets: SecretStore;
  environment: Environment;
  workers: WorkerHost;
  /** Decides where load may go, and asks the user. */
  hosts: HostGuard;
  /** What the user has answered. */
  allowedHosts: AllowedHosts;
  /** Starts a run that is neither announced nor kept. */
  startUnsaved(request: RunRequest): RunHandle;
  imports: ImportSession;
  /** Reads the files of others outside of this process. */
  reader: ForeignReader;
  windows: Windows;
  preferences: PreferenceStore;
  /** What became of a history that was damaged when the app started or was to be repaired, in a sentence. */
  repair: string | undefined;
}
