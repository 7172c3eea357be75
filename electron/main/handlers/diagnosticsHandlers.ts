import { homedir } from 'node:os';
import { app, shell } from 'electron';
import { ProofloadError } from '../../../shared/errors/appError';
import { readDatabaseUrls } from '../../app/databases/databaseSettings';
import { defaultEngine } from '../../app/targets/defaultEngine';
import type { DesktopApp } from '../desktopApp';
import { describeDiagnostics } from '../diagnostics';
import type { Handlers } from '../ipc/answer';
import { concealKnown } from '../secretStore';
import { userLocale } from '../userLocale';
import { historyState } from './maintenanceHandlers';

/** Helps to find a bug: the state of this app as a text, and its files. */
export function diagnosticsHandlers(desktopApp: DesktopApp) {
  const { services, secrets, allowedHosts, preferences, errors } = desktopApp;
  const { dataFolder: folder, databases, environment } = services;
  return {
    openDataFolder: async () => {
      const problem = await shell.openPath(folder);
      if (problem !== '')
        throw new ProofloadError(
          'data-folder-unusable',
          `the data folder ${folder} cannot be shown: ${problem}`,
          'open it in a file manager',
        );
    },
    getDiagnostics: () => {
      const urls = readDatabaseUrls(folder);
      return describeDiagnostics(
        {
          environment,
          chrome: process.versions.chrome,
          locale: userLocale(app.getSystemLocale()) ?? 'no locale',
          dataFolder: folder,
          homeFolder: homedir(),
          history: historyState(desktopApp),
          budgetMb: preferences.current.historyBudgetMb,
          defaultEngine: defaultEngine(folder).engine,
          postgres: urls.postgres ? 'by URL' : `embedded, ${databases.isEmbeddedRunning ? 'running' : 'stopped'}`,
          mongodb: urls.mongodb ? 'by URL' : 'none',
          allowedHosts: allowedHosts.all.length,
          secrets: secrets.list().length,
          isEncrypted: secrets.isEncrypted,
          errors: errors.all,
        },
        concealKnown(secrets),
      );
    },
  } satisfies Partial<Handlers>;
}
