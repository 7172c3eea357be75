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

/** The services and sessions that the handlers of the window use. Each session does one thing at a time. */
export interface DesktopApp {
  services: AppServices;
  /** Long work on the history, outside this process. */
  historyWork: HistoryWork;
  /** Packs runs while nothing is measured. */
  packing: HistoryPacking;
  session: RunSession;
  /** Starts runs with the outputs in the settings. */
  runOutputs: RunOutputs;
  conformance: ConformanceSession;
  experiments: ExperimentSession;
  imports: ImportSession;
  secrets: SecretStore;
  /** The hosts that the user has confirmed. */
  allowedHosts: AllowedHosts;
  /** Reads files of other programs outside this process. */
  reader: ForeignReader;
  windows: Windows;
  preferences: PreferenceStore;
  /** The latest errors of this app. */
  errors: ErrorLog;
  /** A sentence about a repair of the history at the start of the app, or about one that was postponed. */
  repair: string | undefined;
}
