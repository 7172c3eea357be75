import { Command } from 'commander';
import type { CheckResult, ConformanceReport } from '../../../shared/engines/conformance';
import { checkCounts, checkText, conformanceText } from '../../../shared/report/status';
import { formatDuration } from '../../../shared/units/duration';
import { childProcessHost } from '../../run/childProcessHost';
import { keepReport } from '../../run/conformance/reportStore';
import { conformanceLoad, runConformance } from '../../run/conformance/runConformance';
import { sweepServers } from '../../run/databases/sweepServers';
import { dataFolder, workFolder } from '../../run/dataFolder';
import { sweepWork } from '../../run/ownedWork';
import { newRunId } from '../../run/runId';
import type { SecretSource } from '../../run/secrets/secretSource';
import { chooseEngine } from '../../run/settings';
import { orAborted } from '../../system/orAborted';
import { print, printJson, printToStderr } from '../../system/terminal';
import { errorExitCode } from '../exitCodes';
import { stoppable } from '../stoppable';
import { databasesOf } from './databaseOptions';
import { engineOption } from './runOptions';
import { type SecretOptions, secretOption, secretsOf } from './secretOptions';

interface ConformanceOptions extends SecretOptions {
  engine?: string;
  engineOption: [string, string][];
  databaseUrl?: string;
  allowRemote?: true;
  seed: number;
  dataDir?: string;
  json?: true;
}

const conformsExitCode = 0;
const failedExitCode = 99;

function render({ id, title, status, evidence }: CheckResult): string {
  return `${checkText(status).padEnd(15)}  ${id.padEnd(20)} ${title}\n${evidence.map((line) => `      ${line}\n`).join('')}`;
}

function summary({ config, backend, durability, checks, conforms, durationMs }: ConformanceReport): string {
  const verdict = conformanceText(conforms ? 'conforms' : 'fails');
  return `\n${verdict}: ${config.engine} on ${backend}, ${checkCounts(checks)} in ${formatDuration(Math.round(durationMs / 1000) * 1000)}. Durability: ${durability}.\n`;
}

async function execute(
  options: ConformanceOptions,
  secrets: SecretSource,
  workerFolder: string,
  signal: AbortSignal,
): Promise<number> {
  const folder = dataFolder(options.dataDir);
  const config = chooseEngine(folder, options.engine, options.engineOption);
  const workers = childProcessHost(workerFolder);
  const databases = databasesOf(options, folder, workers, secrets);
  try {
    sweepWork(workFolder(folder));
    await orAborted(sweepServers(workFolder(folder), databases), signal);
    const report = await runConformance(newRunId(new Date()), config, options.seed, {
      workers,
      workFolder: workFolder(folder),
      database: await orAborted(databases.of(config.engine, conformanceLoad), signal),
      onResult: (result) => {
        if (!options.json) print(render(result));
      },
      signal,
      now: () => new Date(),
    });
    keepReport(folder, report);
    if (options.json) printJson(report);
    else print(summary(report));
    return report.conforms ? conformsExitCode : failedExitCode;
  } catch (error) {
    if (!signal.aborted) throw error;
    printToStderr('proofload: the suite was stopped; nothing of it is kept\n');
    return errorExitCode('interrupted');
  } finally {
    await databases.close();
  }
}

/** `workerFolder` holds the built worker processes. */
export function conformanceCommand(workerFolder: string): Command {
  return new Command('conformance')
    .description('put an engine to the test: nothing lost, nothing mixed, nothing stale')
    .option('--engine <id>', 'storage engine')
    .option('--engine-option <name=value>', 'option of the engine; may be repeated', engineOption, [])
    .option('--database-url <url>', 'the server of the engine, instead of the embedded PostgreSQL or the kept URL')
    .addOption(secretOption())
    .option('--allow-remote', 'allow a database that is not on this machine')
    .option('--seed <n>', 'seed of the random operations and of the moments of the crashes', Number, 1)
    .option('--data-dir <dir>', 'where the report is kept')
    .option('--json', 'print the report as JSON')
    .action(async (options: ConformanceOptions) => {
      const secrets = await secretsOf(options);
      process.exitCode = await stoppable((signal) => execute(options, secrets, workerFolder, signal));
    });
}
