import { Command } from 'commander';
import type { AppServices } from '../../app/services';
import { chooseEngine } from '../../app/targets/defaultEngine';
import { print } from '../../system/terminal';
import { type EngineOptions, typedSettings, withEngineOptions } from './engineOptions';
import { allowHostOption } from './hostOptions';
import { loadScenario } from './loadScenario';
import { portOption } from './numberOption';
import { secretOption } from './secretOptions';
import { type Program, type ServiceOptions, withServices } from './withServices';

interface ServeOptions extends ServiceOptions, EngineOptions {
  port: number;
}

/** A service that was asked to end has completed its work. */
async function untilAborted(signal: AbortSignal, died: Promise<never>): Promise<void> {
  const asked = new Promise<void>((end) => signal.addEventListener('abort', () => end()));
  if (!signal.aborted) await Promise.race([asked, died]);
}

/** Serves until a signal arrives or the service fails. */
function serve(name: string, options: ServeOptions, services: AppServices, signal: AbortSignal): Promise<void> {
  const scenario = loadScenario(name);
  const config = chooseEngine(services.dataFolder, options.engine, typedSettings(options));
  return services.serve(scenario, config, options.port, signal, async ({ url, backend, died }) => {
    print(`${config.engine} (${backend}) with the data of ${scenario.id}: ${url}\n`);
    await untilAborted(signal, died);
  });
}

export function serveCommand(program: Program): Command {
  const command = new Command('serve')
    .description('start the document service for another load generator; Ctrl-C ends it')
    .argument('[level-or-file]', 'level or scenario file with the data set and the cache of the service', 'level-2');
  return withEngineOptions(command)
    .addOption(secretOption())
    .option('--allow-remote', 'allow a database that is not on this machine')
    .addOption(allowHostOption())
    .option('--port <n>', 'port on 127.0.0.1; 0 chooses a free one', portOption, 8080)
    .option('--data-dir <dir>', 'data folder, which holds its files while it runs')
    .action(async (name: string, options: ServeOptions) => {
      await withServices(program, options, (services, signal) => serve(name, options, services, signal));
    });
}
