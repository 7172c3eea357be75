import { createServices } from '../../app/createServices';
import { dataFolder } from '../../app/dataFolder';
import type { AppServices } from '../../app/services';
import { childProcessHost } from '../../hosting/childProcessHost';
import { readEnvironment } from '../../measure/environment';
import { orAborted } from '../../system/orAborted';
import { printToStderr } from '../../system/terminal';
import { stoppable } from '../stoppable';
import { type DatabaseOptions, databaseUrlsOf, hostsOf } from './databaseOptions';
import { type SecretOptions, secretsOf } from './secretOptions';

/** The program that a command is part of. */
export interface Program {
  version: string;
  /** Holds the built programs of the workers. */
  workerFolder: string;
}

/** The options of commands that run something. */
export interface ServiceOptions extends DatabaseOptions, SecretOptions {
  dataDir?: string;
  /** Keeps to itself which runs were finished that killed processes had left. */
  quiet?: true;
}

/**
 * Does work with the services that the options ask for, after what killed processes have left was removed. SIGINT,
 * SIGTERM and SIGHUP stop it (stoppable.ts); secrets are asked for before that. Rejects with `usage`, and as `use` does.
 */
export async function withServices<T>(
  { version, workerFolder }: Program,
  options: ServiceOptions,
  use: (services: AppServices, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const folder = dataFolder(options.dataDir);
  const services = createServices({
    dataFolder: folder,
    workerHost: childProcessHost(workerFolder),
    hostPermissions: hostsOf(options),
    secrets: await secretsOf(options),
    environment: readEnvironment(version),
    databaseUrls: databaseUrlsOf(options, folder),
    onRepair: (sentence) => printToStderr(`${sentence}\n`),
    onRecovered: (ids) => {
      if (!options.quiet)
        printToStderr(`runs that had been left unfinished are kept as interrupted: ${ids.join(', ')}\n`);
    },
  });
  return stoppable(async (signal) => {
    try {
      await orAborted(services.sweep(), signal);
      return await use(services, signal);
    } finally {
      await services.close();
    }
  });
}
