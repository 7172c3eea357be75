import type { DatabaseUrls } from '../../../shared/engines/database';
import { databaseServers, hasServer } from '../../../shared/engines/engine';
import { ProofloadError } from '../../../shared/errors/appError';
import { parseDatabaseUrl } from '../../app/databases/databaseSettings';
import { chooseEngine } from '../../app/targets/defaultEngine';

/** The options of commands that need the server of an engine. */
export interface DatabaseOptions {
  engine?: string;
  databaseUrl?: string;
}

/** The server URLs in the options. Throws `usage`, `engine-unknown`. */
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
