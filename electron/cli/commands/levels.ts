import { Command } from 'commander';
import { describeDuration, describeLoad } from '../../../shared/scenario/describe';
import { levels } from '../../app/runs/levels';
import { printJson } from '../../system/terminal';
import { printTable } from '../output';
import { type ListOptions, withListOptions } from './listOptions';

export function levelsCommand(): Command {
  const command = new Command('levels').description('list the levels of the ladder');
  return withListOptions(command, 'levels').action(({ json, limit }: ListOptions) => {
    const listed = levels.slice(0, limit);
    if (json) return printJson(listed);
    printTable(
      ['level', 'name', 'executor', 'load', 'duration', 'description'],
      listed.map((level) => [
        level.id,
        level.name,
        level.load.executor,
        describeLoad(level.load),
        describeDuration(level.load),
        level.description,
      ]),
    );
  });
}
