import { Command } from 'commander';
import { durationText } from '../../../shared/scenario/overrides';
import type { Load } from '../../../shared/scenario/schema';
import { formatNumber } from '../../../shared/units/format';
import { levels } from '../../run/levels';
import { printJson, printTable } from '../output';

function describeLoad(load: Load): string {
  return load.executor === 'constant-vus' ? `${load.vus} VUs` : `${formatNumber(load.rate)} per ${load.timeUnit}`;
}

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
            durationText(level),
            level.description,
          ]),
        );
      }
    });
}
