import { Command } from 'commander';
import { childProcessHost } from '../../run/childProcessHost';
import { sweepServers } from '../../run/databases/sweepServers';
import { dataFolder, workFolder } from '../../run/dataFolder';
import { ownWork, sweepWork } from '../../run/ownedWork';
import { newRunId } from '../../run/runId';
import type { SecretSource } from '../../run/secrets/secretSource';
import { chooseEngine } from '../../run/settings';
import { TargetProcess } from '../../run/targetProcess';
import { orAborted } from '../../system/orAborted';
import { print } from '../../system/terminal';
import { stoppable } from '../stoppable';
import { type DatabaseOptions, databasesOf } from './databaseOptions';
import { allowHostOption } from './hostOptions';
import { loadScenario } from './loadScenario';
import { engineOption, numberOption } from './runOptions';
import { type SecretOptions, secretOption, secretsOf } from './secretOptions';

interface ServeOptions extends DatabaseOptions, SecretOptions {
  engineOption: [string, string][];
  port: number;
  dataDir?: string;
}

/** How long the service may take to end. */
const exitPatienceMs = 3_000;

/** A service that was told to end has done what it was there for. */
async function untilAborted(signal: AbortSignal, died: Promise<never>): Promise<void> {
  const asked = new Promise<void>((end) => signal.addEventListener('abort', () => end()));
  if (!signal.aborted) await Promise.race([asked, died]);
}

/** Serves until a signal comes, or until the service dies. */
async function serve(
  name: string,
  options: ServeOptions,
  secrets: SecretSource,
  workerFolder: string,
  signal: AbortSignal,
): Promise<void> {
  const scenario = loadScenario(name);
  const folder = dataFolder(options.dataDir);
  const config = chooseEngine(folder, options.engine, options.engineOption);
  const workers = childProcessHost(workerFolder);
  const databases = databasesOf(options, folder, workers, secrets);
  const id = newRunId(new Date());
  sweepWork(workFolder(folder));
  await orAborted(sweepServers(workFolder(folder), databases), signal);
  const work = ownWork(workFolder(folder), id);
  const target = new TargetProcess(workers, () => {});
  try {
    const database = await orAborted(databases.of(config.engine, 'The service reads and writes it'), signal);
    const where = { folder: work.folder, namespace: id, ...database?.place };
    const { port, backend } = await orAborted(target.start(config, where, options.port, scenario), signal);
    print(`${config.engine} (${backend.name}) with the data of ${scenario.id}: http://127.0.0.1:${port}\n`);
    await untilAborted(signal, target.died);
  } finally {
    await target.end(exitPatienceMs);
    await databases.close();
    work.end();
  }
}

/** `workerFolder` holds the built worker processes. */
export function serveCommand(workerFolder: string): Command {
  return new Command('serve')
    .description('start the document service on this machine for a load from elsewhere, until Ctrl-C')
    .argument('[level-or-file]', 'whose data set and cache it has', 'level-2')
    .option('--engine <id>', 'storage engine')
    .option('--engine-option <name=value>', 'option of the engine; may be repeated', engineOption, [])
    .option('--database-url <url>', 'the server of the engine, instead of the embedded PostgreSQL or the kept URL')
    .addOption(secretOption())
    .option('--allow-remote', 'allow a database that is not on this machine')
    .addOption(allowHostOption())
    .option(
      '--port <n>',
      'port on 127.0.0.1; 0 takes a free one',
      numberOption((value) => Number.isInteger(value) && value >= 0 && value <= 65_535, 'must be a port number'),
      8080,
    )
    .option('--data-dir <dir>', 'where its files are kept while it runs')
    .action(async (name: string, options: ServeOptions) => {
      const secrets = await secretsOf(options);
      await stoppable((signal) => serve(name, options, secrets, workerFolder, signal));
    });
}
