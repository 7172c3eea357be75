import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';
import { catalogHandlers } from './catalogHandlers';
import { comparisonHandlers } from './comparisonHandlers';
import { conformanceHandlers } from './conformanceHandlers';
import { databaseHandlers } from './databaseHandlers';
import { diagnosticsHandlers } from './diagnosticsHandlers';
import { experimentHandlers } from './experimentHandlers';
import { exportHandlers } from './exportHandlers';
import { historyHandlers } from './historyHandlers';
import { hostHandlers } from './hostHandlers';
import { importHandlers } from './importHandlers';
import { maintenanceHandlers } from './maintenanceHandlers';
import { preferenceHandlers } from './preferenceHandlers';
import { runHandlers } from './runHandlers';
import { scenarioHandlers } from './scenarioHandlers';
import { secretHandlers } from './secretHandlers';
import { tryHandlers } from './tryHandlers';
import { windowHandlers } from './windowHandlers';

/** The handlers of all methods of the contract. `appFolder` holds the files that come with the app. */
export function createHandlers(app: DesktopApp, appFolder: string): Handlers {
  return {
    ...catalogHandlers(app),
    ...comparisonHandlers(app),
    ...conformanceHandlers(app),
    ...databaseHandlers(app, appFolder),
    ...diagnosticsHandlers(app),
    ...experimentHandlers(app),
    ...exportHandlers(app),
    ...historyHandlers(app, appFolder),
    ...hostHandlers(app),
    ...importHandlers(app),
    ...maintenanceHandlers(app),
    ...preferenceHandlers(app),
    ...runHandlers(app),
    ...scenarioHandlers(app),
    ...secretHandlers(app),
    ...tryHandlers(app),
    ...windowHandlers(app),
  };
}
