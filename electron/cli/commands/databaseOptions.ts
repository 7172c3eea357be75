import type { DatabaseUrls } from '../../../shared/engines/database';
import { databaseServers, hasServer } from '../../../shared/engines/engine';
import { ProofloadError } from '../../../shared/errors/appError';
import { parseDatabaseUrl } from '../../app/databases/databaseSettings';
import { chooseEngine } from '../../app/targets/defaultEngine';
import { HostGuard } from '../../hosts/hostGuard';

/** The options of commands that need the server of an engine. */
export interface DatabaseOptions {
  engine?: string;
  databaseUrl?: string;
  allowRemote?: true;
}

/** Which hosts may be loaded: this machine, and all others with `--allow-remote`. */
export function hostsOf({ allowRemote }: Pick<DatabaseOptions, 'allowRemote'>): HostGuard {
  return new HostGuard(() => allowRemote === true);
}

/** The URLs of servers that the options give. Throws `usage`, `engine-unknown`. */
export function databaseUrlsOf({ engine: name, databaseUrl }: DatabaseOptions, folder: string): DatabaseUrls {
  if (databaseUrl === undefined) return {};
  const { engine } = chooseEngine(folder, name, []);
  if (!hasServer(engine))
    throw new ProofloadError(
      'usage',
      `${engine} has no server`,
      `leave --database-url out, or choose ${databaseServers.join(' or ')}`,
    );
  return { [engine]: parseDatabaseUrl(engine, databaseUrl) };
}
