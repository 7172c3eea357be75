import { createServices } from '../../app/createServices';
import { dataFolder } from '../../app/dataFolder';
import type { AppServices } from '../../app/services';
import { childProcessHost } from '../../hosting/childProcessHost';
import { readEnvironment } from '../../measure/environment';
import { orAborted } from '../../system/orAborted';
import { printToStderr } from '../../system/terminal';
import { sayRecovered } from '../sayRecovered';
import { stoppable } from '../stoppable';
import { type DatabaseOptions, databaseUrlsOf } from './databaseOptions';
import { type HostOptions, hostsOf } from './hostOptions';
import { type SecretOptions, secretsOf } from './secretOptions';

/** The program that a command is part of. */
export interface Program {
  version: string;
  /** The folder of the built worker programs. */
  workerFolder: string;
}

/** The options of commands that run something. */
export interface ServiceOptions extends DatabaseOptions, HostOptions, SecretOptions {
  dataDir?: string;
}

/**
 * Does work with the services for the options, after it removed what killed processes left behind. SIGINT, SIGTERM and
 * SIGHUP stop the work (stoppable.ts). Secrets are prompted for before that. Rejects with `usage`, and as `use` does.
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
      if (!options.quiet) sayRecovered(ids);
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
