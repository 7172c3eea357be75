import { Command } from 'commander';
import type { AppServices } from '../../app/services';
import { chooseEngine } from '../../app/targets/defaultEngine';
import { print } from '../../system/terminal';
import { loadScenario } from './loadScenario';
import { engineOption, numberOption } from './runOptions';
import { secretOption } from './secretOptions';
import { type Program, type ServiceOptions, withServices } from './withServices';

interface ServeOptions extends ServiceOptions {
  engineOption: [string, string][];
  port: number;
}

/** A service that was told to end has done what it was there for. */
async function untilAborted(signal: AbortSignal, died: Promise<never>): Promise<void> {
  const asked = new Promise<void>((end) => signal.addEventListener('abort', () => end()));
  if (!signal.aborted) await Promise.race([asked, died]);
}

/** Serves until a signal comes, or until the service dies. */
function serve(name: string, options: ServeOptions, services: AppServices, signal: AbortSignal): Promise<void> {
  const scenario = loadScenario(name);
  const config = chooseEngine(services.dataFolder, options.engine, options.engineOption);
  return services.serve(scenario, config, options.port, signal, async ({ url, backend, died }) => {
    print(`${config.engine} (${backend}) with the data of ${scenario.id}: ${url}\n`);
    await untilAborted(signal, died);
  });
}

export function serveCommand(program: Program): Command {
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
    .action(async (name: string, options: ServeOptions) => {
      await withServices(program, options, (services, signal) => serve(name, options, services, signal));
    });
}
