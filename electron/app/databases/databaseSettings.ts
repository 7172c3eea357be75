import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type DatabaseUrls, databaseUrlSchemas } from '../../../shared/engines/database';
import { databaseServers } from '../../../shared/engines/engine';
import { ProofloadError } from '../../../shared/errors/appError';
import { tellUnreadable } from '../../system/unreadableFile';
import { writeWhole } from '../../system/writeWhole';

const settingsSchema = z.object({
  postgres: databaseUrlSchemas.postgres.optional(),
  mongodb: databaseUrlSchemas.mongodb.optional(),
});

/** Environment variables that override the saved URLs. */
const variables = { postgres: 'PROOFLOAD_POSTGRES_URL', mongodb: 'PROOFLOAD_MONGODB_URL' } as const;

function fileIn(folder: string): string {
  return join(folder, 'databases.json');
}

/** The URLs from the data folder, overridden by those from the environment. Throws `usage`. */
export function readDatabaseUrls(folder: string, env: NodeJS.ProcessEnv = process.env): DatabaseUrls {
  const urls = { ...readKept(folder) };
  for (const server of databaseServers) {
    const url = env[variables[server]];
    if (url) urls[server] = parseDatabaseUrl(server, url);
  }
  return urls;
}

/** Checks the URL of a server. Throws `usage`. */
export function parseDatabaseUrl(server: keyof DatabaseUrls, url: string): string {
  const parsed = databaseUrlSchemas[server].safeParse(url);
  if (parsed.success) return parsed.data;
  throw new ProofloadError('usage', `this is not the URL of a ${server} server`, parsed.error.issues[0]?.message ?? '');
}

/** Saves the URL of a server, or removes it. The URL can hold a password, so only the user may read the file. */
export function keepDatabaseUrl(folder: string, server: keyof DatabaseUrls, url: string | undefined): void {
  const { [server]: _replaced, ...others } = readKept(folder);
  const urls = { ...others, ...(url === undefined ? {} : { [server]: url }) };
  writeWhole(fileIn(folder), JSON.stringify(urls), 'the URL');
}

function readKept(folder: string): DatabaseUrls {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
  } catch (error) {
    tellUnreadable(fileIn(folder), error, 'the URLs of databases must be entered again');
    return {};
  }
}
