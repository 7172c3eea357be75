import { type Command, Help } from 'commander';
import { expect, it } from 'vitest';
import { askedCommand, commandList, commandNames } from './commandList';
import { buildProgram } from './program';

const width = 110;

function helpOf(command: Command): string {
  const help = command.createHelp();
  help.helpWidth = width;
  return help.formatHelp(command, help).trimEnd();
}

/** A command and all its subcommands, each with its name as typed. */
function sections(command: Command, name: string): string[] {
  const below = command.commands.flatMap((child) => sections(child, `${name} ${child.name()}`));
  return [`## ${name}\n\n\`\`\`\n${helpOf(command)}\n\`\`\`\n`, ...below];
}

it('is described in docs/command-line.md; `vitest -u` rewrites it after a deliberate change', async () => {
  const program = await buildProgram('.', commandNames);
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

it('lists each command as the command describes itself', async () => {
  const program = await buildProgram('.', commandNames);
  const described = program.commands.map((command) => [
    command.name(),
    { synopsis: new Help().subcommandTerm(command), description: command.description() },
  ]);
  expect(Object.fromEntries(described)).toEqual(commandList);
  expect(described.map(([name]) => name)).toEqual(commandNames);
});

it('has the same help and the same names, whichever command was read', async () => {
  const whole = await buildProgram('.', commandNames);
  for (const asked of [[], ['levels'], ['import', 'history']] satisfies (typeof commandNames)[]) {
    const program = await buildProgram('.', asked);
    expect(helpOf(program)).toBe(helpOf(whole));
    const read = program.commands.filter(({ options, commands }) => options.length + commands.length > 0);
    expect(new Set(read.map((command) => command.name()))).toEqual(new Set(asked));
  }
});

it.each([
  [['levels', '--json'], 'levels'],
  [['--', 'levels'], 'levels'],
  [['help', 'run'], 'run'],
  [['run', 'level-1'], 'run'],
  [[], undefined],
  [['--help'], undefined],
  [['help'], undefined],
  [['levles'], undefined],
  [['constructor'], undefined],
])('reads the code of the command that %j asks for: %s', (args, asked) => {
  expect(askedCommand(args)).toBe(asked);
});
