import { Command, Option } from 'commander';
import { ProofloadError } from '../../../shared/errors/appError';
import { type HistoryColumn, historyCell, historyTitle } from '../../../shared/report/historyColumns';
import { stateWord } from '../../../shared/report/status';
import { type RunState, runStates } from '../../../shared/run/verdict';
import { redactText } from '../../../shared/secrets/redact';
import { dataFolder } from '../../app/dataFolder';
import type { HistoryStore } from '../../history/historyStore';
import { postponedRepair } from '../../history/openHistory';
import { requestRepair } from '../../history/storeFiles';
import { resultToText, toText } from '../../report/exporters/text';
import { print, printJson, printToStderr } from '../../system/terminal';
import { printTable } from '../output';
import { type ListOptions, withListOptions } from './listOptions';
import { isCount, numberOption } from './numberOption';
import { withHistory } from './withHistory';

interface HistoryOptions {
  json?: true;
  dataDir?: string;
}

interface HistoryListOptions extends HistoryOptions, ListOptions {
  limit: number;
  text?: string;
  scenario?: string;
  target?: string;
  verdict?: RunState;
  tag?: string;
}

function say(text: string): void {
  print(`${text}\n`);
}

/** A command with the option that all history commands share. */
function command(name: string, description: string): Command {
  return new Command(name).description(description).option('--data-dir <dir>', 'data folder, where runs are saved');
}

/** The columns that fit into a terminal. */
const listed = ['target', 'rate', 'p95Ms', 'p99Ms', 'tags'] as const satisfies readonly HistoryColumn[];

function listCommand(): Command {
  return withListOptions(command('list', 'list saved runs, newest first'), 'runs', 50)
    .option('--text <words>', 'runs with these words in name, notes, scenario, target or id')
    .option('--scenario <id>', 'runs of this scenario or level')
    .option('--target <name>', 'runs on this engine or URL')
    .addOption(new Option('--verdict <verdict>', 'runs with this verdict').choices(runStates))
    .option('--tag <tag>', 'runs with this tag')
    .action(async ({ json, dataDir, scenario, target, ...filter }: HistoryListOptions) => {
      const query = {
        ...filter,
        ...(scenario === undefined ? {} : { scenarioId: scenario }),
        // The history stores the redacted target.
        ...(target === undefined ? {} : { target: redactText(target) }),
      };
      const runs = await withHistory(dataDir, (history) => history.list(query));
      if (json) return printJson(runs);
      printTable(
        ['Run', 'Verdict', 'Scenario', ...listed.map(historyTitle)],
        runs.map((run) => [
          `${run.id}${run.isBaseline ? ' (baseline)' : ''}`,
          stateWord(run.verdict),
          run.name ?? run.scenarioName,
          ...listed.map((column) => historyCell(column, run)),
        ]),
      );
    });
}

function showCommand(): Command {
  return command('show', 'show a saved run')
    .argument('<id>', 'the id of the run')
    .option('--json', 'print the run document')
    .action(async (id: string, { json, dataDir }: HistoryOptions) => {
      const stored = await withHistory(dataDir, (history) => history.stored(id));
      if (json) printJson(stored.kind === 'run' ? stored.document : stored.result);
      else print(stored.kind === 'run' ? toText(stored.document) : resultToText(stored.result));
    });
}

function deleteCommand(): Command {
  return command('delete', 'delete saved runs; they can be restored for an hour')
    .argument('<ids...>', 'the ids of the runs')
    .option('--undo', 'restore deleted runs')
    .action(async (ids: string[], { undo, dataDir }: HistoryOptions & { undo?: true }) => {
      const count = await withHistory(dataDir, ({ edits }) =>
        undo ? edits.restore(ids) : edits.delete(ids, new Date()),
      );
      if (count < ids.length)
        throw new ProofloadError(
          'run-not-found',
          `${count} of ${ids.length} runs were found`,
          'proofload history list shows the saved runs; a run in progress cannot be deleted',
        );
      say(undo ? `${count} restored` : `${count} deleted; history delete --undo ${ids.join(' ')} restores them`);
    });
}

function tagCommand(): Command {
  return command('tag', 'add a tag to a run')
    .argument('<id>', 'the id of the run')
    .argument('<tag>', 'the tag')
    .option('--remove', 'remove the tag')
    .action(async (id: string, tag: string, { remove, dataDir }: HistoryOptions & { remove?: true }) => {
      await withHistory(dataDir, (history) => {
        history.summary(id);
        history.edits.tag([id], tag, !remove);
      });
    });
}

function noteCommand(): Command {
  return command('note', 'name a run, or add notes to it')
    .argument('<id>', 'the id of the run')
    .option('--name <name>', 'name, shown instead of the scenario')
    .option('--notes <text>', 'notes')
    .option('--pin', 'keep it when old runs are cleaned up')
    .option('--unpin', 'clean it up like other runs')
    .action(
      async (
        id: string,
        {
          name,
          notes,
          pin,
          unpin,
          dataDir,
        }: HistoryOptions & { name?: string; notes?: string; pin?: true; unpin?: true },
      ) => {
        const isPinned = pin ? true : unpin ? false : undefined;
        await withHistory(dataDir, ({ edits }) => edits.note(id, { name, notes, isPinned }));
      },
    );
}

function baselineCommand(): Command {
  return command('baseline', 'make a run the baseline of its scenario and target on its machine')
    .argument('<id>', 'the id of the run')
    .option('--remove', 'no longer use it as the baseline')
    .action(async (id: string, { remove, dataDir }: HistoryOptions & { remove?: true }) => {
      await withHistory(dataDir, ({ edits }) => edits.setBaseline(id, !remove));
    });
}

function cleanCommand(): Command {
  return command('clean', 'delete old runs, except pinned ones, baselines and those with a tag')
    .requiredOption('--older-than <days>', 'age in days', numberOption(isCount, 'must be a whole number from 1'))
    .action(async ({ olderThan, dataDir }: HistoryOptions & { olderThan: number }) => {
      const ids = await withHistory(dataDir, ({ edits }) => edits.retain(olderThan, new Date()));
      say(
        ids.length === 0
          ? 'no run is older'
          : `${ids.length} deleted; history delete --undo ${ids.join(' ')} restores them`,
      );
    });
}

function backupCommand(): Command {
  return command('backup', 'copy the history to a file; other processes can use it meanwhile')
    .argument('<file>', 'a file that does not exist yet')
    .action(async (file: string, { dataDir }: HistoryOptions) => {
      await withHistory(dataDir, (history) => history.backup(file));
    });
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

/** Packs the runs that are due, and reports progress when there are many. */
function packAll({ packing }: HistoryStore): void {
  for (let left = packing.due; packing.packNext(new Date()); left -= 1)
    if (left % 100 === 0) printToStderr(`${left} runs are still to be packed\n`);
}

function compactCommand(): Command {
  return command('compact', 'pack runs and free the disk space of deleted runs').action(
    async ({ dataDir }: HistoryOptions) => {
      const { beforeBytes, afterBytes } = await withHistory(dataDir, (history) => {
        const before = history.sizeBytes;
        packAll(history);
        return { beforeBytes: before, afterBytes: history.compact().afterBytes };
      });
      say(`${megabytes(beforeBytes)} before, ${megabytes(afterBytes)} now`);
    },
  );
}

function repairCommand(): Command {
  return command(
    'repair',
    'set a damaged history aside and rescue the runs that can be read; close Proofload first',
  ).action(async ({ dataDir }: HistoryOptions) => {
    const folder = dataFolder(dataDir);
    requestRepair(folder);
    await withHistory(dataDir, (history) => {
      const postponed = postponedRepair(folder);
      if (postponed) throw postponed;
      say(`${history.count({})} runs in the history`);
    });
  });
}

export function historyCommand(): Command {
  const commands = [
    listCommand(),
    showCommand(),
    deleteCommand(),
    tagCommand(),
    noteCommand(),
    baselineCommand(),
    cleanCommand(),
    backupCommand(),
    compactCommand(),
    repairCommand(),
  ];
  const history = new Command('history').description('list, show and edit saved runs');
  for (const sub of commands) history.addCommand(sub);
  return history;
}
