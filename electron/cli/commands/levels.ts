import { Command } from 'commander';
import { describeDuration, describeLoad } from '../../../shared/scenario/describe';
import { levels } from '../../app/runs/levels';
import { printJson } from '../../system/terminal';
import { printTable } from '../output';

export function levelsCommand(): Command {
  return new Command('levels')
    .description('list the levels of the ladder')
    .option('--json', 'print the scenarios as JSON')
    .action(({ json }: { json?: true }) => {
      if (json) printJson(levels);
      else {
        printTable(
          ['level', 'name', 'executor', 'load', 'duration', 'description'],
          levels.map((level) => [
            level.id,
            level.name,
            level.load.executor,
            describeLoad(level.load),
            describeDuration(level.load),
            level.description,
          ]),
        );
      }
    });
}
