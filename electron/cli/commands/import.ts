import { Command } from 'commander';
import type { HistoryStore } from '../../history/historyStore';
import { type ImportedRun, importRuns } from '../../run/importRuns';
import { printJson } from '../output';
import { withHistory } from './withHistory';

async function importAll(history: HistoryStore, files: readonly string[]): Promise<ImportedRun[]> {
  const imported: ImportedRun[] = [];
  for (const file of files) imported.push(...(await importRuns(history, file, new Date())));
  return imported;
}

export function importCommand(): Command {
  return new Command('import')
    .description(
      'keep results of k6, autocannon, Artillery, Vegeta, oha, wrk2, wrk, hey, ab, HdrHistogram, JMeter, Locust, hyperfine, or runs of another Proofload',
    )
    .argument('<files...>', 'what the tool has written; its format is found by its content')
    .option('--json', 'print what was imported as JSON')
    .option('--data-dir <dir>', 'where runs are kept')
    .action(async (files: string[], { json, dataDir }: { json?: true; dataDir?: string }) => {
      const imported = await withHistory(dataDir, (history) => importAll(history, files));
      if (json) return printJson(imported);
      for (const { id, name, notes } of imported)
        process.stdout.write([`${id}  ${name}`, ...notes.map((note) => `  - ${note}`), ''].join('\n'));
    });
}
