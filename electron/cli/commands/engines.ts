import { Command } from 'commander';
import { engineDescriptions } from '../../../shared/run/target';
import { defaultEngine } from '../../run/prepareRun';
import { printJson, printTable } from '../output';

export function enginesCommand(): Command {
  return new Command('engines')
    .description('list the storage engines; PROOFLOAD_STORAGE chooses the default')
    .option('--json', 'print the engines as JSON')
    .action(({ json }: { json?: true }) => {
      const chosen = defaultEngine();
      if (json) printJson(engineDescriptions.map((engine) => ({ ...engine, default: engine.id === chosen })));
      else {
        printTable(
          ['engine', 'durability', 'description'],
          engineDescriptions.map(({ id, durability, description }) => [
            id === chosen ? `${id} (default)` : id,
            durability,
            description,
          ]),
        );
      }
    });
}
