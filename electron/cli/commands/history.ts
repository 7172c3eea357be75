import { Command, InvalidArgumentError } from 'commander';
import { formatLatency, formatRate } from '../../../shared/units/format';
import { openHistory } from '../../history/openHistory';
import { dataFolder, workFolder } from '../../run/dataFolder';
import { recoverRuns } from '../../run/recoverRuns';
import { printJson, printTable } from '../output';
import { renderReport } from '../report';

interface HistoryOptions {
  json?: true;
  dataDir?: string;
  limit: number;
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError('must be a whole number from 1');
  return limit;
}

function withHistory<T>(override: string | undefined, use: (history: ReturnType<typeof openHistory>) => T): T {
  const folder = dataFolder(override);
  const history = openHistory(folder);
  try {
    recoverRuns(history, workFolder(folder), new Date());
    return use(history);
  } finally {
    history.close();
  }
}

function listCommand(): Command {
  return new Command('list')
    .description('list saved runs, newest first')
    .option('--json', 'print the list as JSON')
    .option('--limit <n>', 'how many runs', parseLimit, 50)
    .option('--data-dir <dir>', 'where runs are kept')
    .action(({ json, limit, dataDir }: HistoryOptions) => {
      const runs = withHistory(dataDir, (history) => history.list({ limit }));
      if (json) return printJson(runs);
      printTable(
        ['run', 'verdict', 'scenario', 'target', 'rate', 'P95', 'P99'],
        runs.map((run) => [
          run.id,
          run.verdict ?? 'running',
          run.scenarioName,
          run.target,
          formatRate(run.rate),
          formatLatency(run.p95Ms),
          formatLatency(run.p99Ms),
        ]),
      );
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('show a saved run')
    .argument('<id>', 'the id of the run')
    .option('--json', 'print the run document')
    .option('--data-dir <dir>', 'where runs are kept')
    .action((id: string, { json, dataDir }: HistoryOptions) => {
      const document = withHistory(dataDir, (history) => history.document(id));
      if (json) printJson(document);
      else process.stdout.write(renderReport(document));
    });
}

export function historyCommand(): Command {
  return new Command('history').description('look at saved runs').addCommand(listCommand()).addCommand(showCommand());
}
