import type { ForeignReader } from '../app/importing/foreignReader';
import type { AppServices } from '../app/services';
import type { HistoryWork } from '../historyProcess/historyWork';
import type { AllowedHosts } from './allowedHosts';
import type { ConformanceSession } from './conformanceSession';
import type { ErrorLog } from './errorLog';
import type { ExperimentSession } from './experimentSession';
import type { HistoryPacking } from './historyPacking';
import type { ImportSession } from './importSession';
import type { PreferenceStore } from './preferences';
import type { RunOutputs } from './runOutputs';
import type { RunSession } from './runSession';
import type { SecretStore } from './secretStore';
import type { Windows } from './windows';

/** What the handlers of the window work with: the services, and what is in progress in this app, one at a time. */
export interface DesktopApp {
  services: AppServices;
  /** Long work on the history, outside this process. */
  historyWork: HistoryWork;
  /** What packs runs while nothing is measured. */
  packing: HistoryPacking;
  session: RunSession;
  /** Starts runs whose figures go where the settings say. */
  runOutputs: RunOutputs;
  conformance: ConformanceSession;
  experiments: ExperimentSession;
  imports: ImportSession;
  secrets: SecretStore;
  /** The hosts that the user has confirmed. */
  allowedHosts: AllowedHosts;
  /** Reads the files of others outside of this process. */
  reader: ForeignReader;
  windows: Windows;
  preferences: PreferenceStore;
  /** The last errors of this app. */
  errors: ErrorLog;
  /** A sentence about the repair of a history that was damaged when the app started, or was to be repaired. */
  repair: string | undefined;
}
