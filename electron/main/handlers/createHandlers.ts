import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';
import { catalogHandlers } from './catalogHandlers';
import { comparisonHandlers } from './comparisonHandlers';
import { conformanceHandlers } from './conformanceHandlers';
import { databaseHandlers } from './databaseHandlers';
import { experimentHandlers } from './experimentHandlers';
import { exportHandlers } from './exportHandlers';
import { historyHandlers } from './historyHandlers';
import { hostHandlers } from './hostHandlers';
import { importHandlers } from './importHandlers';
import { maintenanceHandlers } from './maintenanceHandlers';
import { runHandlers } from './runHandlers';
import { scenarioHandlers } from './scenarioHandlers';
import { secretHandlers } from './secretHandlers';
import { windowHandlers } from './windowHandlers';

/** The handlers of all methods of the contract. `appFolder` holds the files that come with the app. */
export function createHandlers(parts: Parts, appFolder: string): Handlers {
  return {
    ...catalogHandlers(parts),
    ...comparisonHandlers(parts),
    ...conformanceHandlers(parts),
    ...databaseHandlers(parts, appFolder),
    ...experimentHandlers(parts),
    ...exportHandlers(parts),
    ...historyHandlers(parts, appFolder),
    ...hostHandlers(parts),
    ...importHandlers(parts),
    ...maintenanceHandlers(parts),
    ...runHandlers(parts),
    ...scenarioHandlers(parts),
    ...secretHandlers(parts),
    ...windowHandlers(parts),
  };
}
