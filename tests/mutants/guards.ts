// Node runs the list as it is for `npm run test:mutants`, so the imports of values name files with their extension.
import type { Guard } from './guard';
import { connectionGuards } from './reliability/connections.ts';
import { historyGuards } from './reliability/history.ts';
import { packingGuards } from './reliability/packing.ts';
import { processGuards } from './reliability/processes.ts';
import { runGuards } from './reliability/runs.ts';
import { savedFileGuards } from './reliability/savedFiles.ts';
import { windowGuards } from './reliability/window.ts';
import { appProtocolGuards } from './security/appProtocol.ts';
import { dockerGuards } from './security/docker.ts';
import { fileGuards } from './security/files.ts';
import { foreignTextGuards } from './security/foreignText.ts';
import { hostGuards } from './security/hosts.ts';
import { importGuards } from './security/imports.ts';
import { ipcGuards } from './security/ipc.ts';
import { loopbackServerGuards } from './security/loopbackServers.ts';
import { otherToolGuards } from './security/otherTools.ts';
import { packageGuards } from './security/package.ts';
import { pagesGuards } from './security/pages.ts';
import { secretGuards } from './security/secrets.ts';

/** What docs/security.md and docs/reliability.md name. */
export const guards: readonly Guard[] = [
  ...appProtocolGuards,
  ...dockerGuards,
  ...fileGuards,
  ...foreignTextGuards,
  ...hostGuards,
  ...importGuards,
  ...ipcGuards,
  ...loopbackServerGuards,
  ...otherToolGuards,
  ...packageGuards,
  ...pagesGuards,
  ...secretGuards,
  ...connectionGuards,
  ...historyGuards,
  ...packingGuards,
  ...processGuards,
  ...runGuards,
  ...savedFileGuards,
  ...windowGuards,
];
