import { join } from 'node:path';
import { redactUrl } from '../../../shared/secrets/redact';
import { keepDatabaseUrl, parseDatabaseUrl, readDatabaseUrls } from '../../app/databases/databaseSettings';
import { testDatabase } from '../../app/databases/testDatabase';
import { fillDatabaseUrl } from '../../secrets/secretSource';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** The folder where other programs find the files of the app, because to them an archive is a single file. */
function unpackedOf(appFolder: string): string {
  return appFolder.replace(/\.asar$/, '.asar.unpacked');
}

/** The servers of engines. `appFolder` holds the compose file. */
export function databaseHandlers({ services, session }: DesktopApp, appFolder: string) {
  const { dataFolder: folder, databases, secrets } = services;
  return {
    getDatabases: () => {
      const urls = readDatabaseUrls(folder);
      return {
        postgresUrl: urls.postgres && redactUrl(urls.postgres),
        mongodbUrl: urls.mongodb && redactUrl(urls.mongodb),
        isEmbeddedRunning: databases.isEmbeddedRunning,
        composeCommand: `POSTGRES_PASSWORD=choose-one docker compose -f "${join(unpackedOf(appFolder), 'resources', 'compose.yaml')}" up -d --wait`,
      };
    },
    useDatabase: async ({ server, url }) => {
      const parsed = parseDatabaseUrl(server, url.trim());
      const { place } = await databases.admit(
        server,
        fillDatabaseUrl(parsed, secrets),
        'Runs of its engine read and write it, up to the highest rate that it holds',
      );
      const name = await testDatabase(server, place);
      keepDatabaseUrl(folder, server, parsed);
      return { name };
    },
    forgetDatabase: ({ server }) => keepDatabaseUrl(folder, server, undefined),
    startPostgres: async () => {
      await databases.startEmbedded();
    },
    stopPostgres: () => session.exclusively(() => databases.close()),
  } satisfies Partial<Handlers>;
}
