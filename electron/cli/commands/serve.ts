import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { childProcessHost } from '../../run/childProcessHost';
import { dataFolder, workFolder } from '../../run/dataFolder';
import { newRunId } from '../../run/runId';
import { chooseEngine } from '../../run/settings';
import { TargetProcess } from '../../run/targetProcess';
import { print } from '../../system/terminal';
import { type DatabaseOptions, databasesOf } from './databaseOptions';
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

function untilAsked(): Promise<void> {
  return new Promise((end) => {
    process.once('SIGINT', () => end());
    process.once('SIGTERM', () => end());
  });
}

/** Serves until a signal comes, or until the service dies. */
async function serve(name: string, options: ServeOptions, workerFolder: string): Promise<void> {
  const scenario = loadScenario(name);
  const secrets = await secretsOf(options);
  const folder = dataFolder(options.dataDir);
  const config = chooseEngine(folder, options.engine, options.engineOption);
  const workers = childProcessHost(workerFolder);
  const databases = databasesOf(options, folder, workers, secrets);
  const id = newRunId(new Date());
  const place = join(workFolder(folder), id);
  mkdirSync(place, { recursive: true });
  const target = new TargetProcess(workers, () => {});
  try {
    const url = (await databases.of(config.engine))?.url;
    const where = { folder: place, namespace: id, ...(url === undefined ? {} : { url }) };
    const { port, backend } = await target.start(config, where, options.port, scenario);
    print(`${config.engine} (${backend.name}) with the data of ${scenario.id}: http://127.0.0.1:${port}\n`);
    await Promise.race([untilAsked(), target.died]);
  } finally {
    await target.end(exitPatienceMs);
    await databases.close();
    rmSync(place, { recursive: true, force: true });
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
    .option(
      '--port <n>',
      'port on 127.0.0.1; 0 takes a free one',
      numberOption((value) => Number.isInteger(value) && value >= 0 && value <= 65_535, 'must be a port number'),
      8080,
    )
    .option('--data-dir <dir>', 'where its files are kept while it runs')
    .action((name: string, options: ServeOptions) => serve(name, options, workerFolder));
}
