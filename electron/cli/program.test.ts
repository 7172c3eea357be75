import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { buildProgram } from './program';

const width = 110;

function helpOf(command: Command): string {
  const help = command.createHelp();
  help.helpWidth = width;
  return help.formatHelp(command, help).trimEnd();
}

/** A command and all below it, each under its name as it is typed. */
function sections(command: Command, name: string): string[] {
  const below = command.commands.flatMap((child) => sections(child, `${name} ${child.name()}`));
  return [`## ${name}\n\n\`\`\`\n${helpOf(command)}\n\`\`\`\n`, ...below];
}

it('is described in docs/command-line.md; `vitest -u` rewrites it after a deliberate change', async () => {
  const program = await buildProgram('.');
  const introduction = [
    '# Command line',
    '',
    'In a checkout: `npm run -s proofload -- COMMAND`. [Common commands](guides/common-commands.md) has examples and the exit codes; [scenario files](scenarios.md) describes the input and [run document](run-document.md) the output. Ctrl-C stops a run and keeps what was measured. This page is made from the program: every command with `--help`.',
    '',
  ];
  await expect([...introduction, ...sections(program, 'proofload')].join('\n')).toMatchFileSnapshot(
    '../../docs/command-line.md',
  );
});

it('has the command that is asked for alone, and all where that is none', async () => {
  const namesOf = async (asked?: string): Promise<string[]> =>
    (await buildProgram('.', asked)).commands.map((command) => command.name());
  expect(await namesOf('levels')).toEqual(['levels']);
  const all = await namesOf();
  expect(all).toHaveLength(15);
  for (const asked of ['--help', 'help', 'levles', 'constructor']) expect(await namesOf(asked)).toEqual(all);
});
