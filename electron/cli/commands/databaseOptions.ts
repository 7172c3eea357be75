import { databaseServers, hasServer } from '../../../shared/engines/engine';
import { ProofloadError } from '../../../shared/errors/appError';
import { parseDatabaseUrl, readDatabaseUrls } from '../../run/databases/databaseSettings';
import { Databases } from '../../run/databases/databases';
import { fillDatabaseUrl, type SecretSource } from '../../run/secrets/secretSource';
import { chooseEngine } from '../../run/settings';
import type { WorkerHost } from '../../run/workerHost';
import { type HostOptions, hostsOf } from './hostOptions';

/** The options of commands that need the server of an engine. */
export interface DatabaseOptions extends HostOptions {
  engine?: string;
  databaseUrl?: string;
}

/** The servers of engines, as the options say. `close` them at the end. Throws `usage`. */
export function databasesOf(
  options: DatabaseOptions,
  folder: string,
  workers: WorkerHost,
  secrets: SecretSource,
): Databases {
  const { databaseUrl } = options;
  const urls = readDatabaseUrls(folder);
  if (databaseUrl !== undefined) {
    const { engine } = chooseEngine(folder, options.engine, []);
    if (!hasServer(engine))
      throw new ProofloadError(
        'usage',
        `${engine} has no server`,
        `leave --database-url out, or choose ${databaseServers.join(' or ')}`,
      );
    urls[engine] = parseDatabaseUrl(engine, databaseUrl);
  }
  return new Databases(
    workers,
    folder,
    (server) => {
      const url = urls[server];
      return url === undefined ? undefined : fillDatabaseUrl(url, secrets);
    },
    hostsOf(options),
  );
}
