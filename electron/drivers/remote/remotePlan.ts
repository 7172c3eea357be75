import { placeNames, type RemotePlace } from '../../../shared/run/driver';
import { shellWord } from '../../report/exporters/exportedScenario';

/** A command of a load elsewhere. It is run without a shell, in the folder of the files. */
export interface RemoteCommand {
  program: 'kubectl' | 'artillery';
  args: readonly string[];
  /** What it is for, as part of a sentence. */
  purpose: string;
  /** Text for its standard input, with `***` in the place of secrets. */
  input?: string;
}

/** Everything that a load elsewhere consists of. */
export interface RemotePlan {
  place: RemotePlace;
  /** The text of the files by name. None has a secret. */
  files: Readonly<Record<string, string>>;
  /** The commands in their order. */
  commands: readonly RemoteCommand[];
  /** How the load and its result differ from a run of Proofload, and what the user has to do, one sentence each. */
  differences: readonly string[];
}

function commandLines({ program, args, purpose, input }: RemoteCommand): string[] {
  const lines = [`# ${purpose}`, [program, ...args].map(shellWord).join(' ')];
  return input === undefined
    ? lines
    : [
        ...lines,
        ...input
          .trimEnd()
          .split('\n')
          .map((line) => `#   ${line}`),
      ];
}

/** The commands as they are typed in a shell, each below what it is for. */
export function describeCommands({ commands }: RemotePlan): string {
  return commands.map((command) => `${commandLines(command).join('\n')}\n`).join('\n');
}

/** All files, commands and differences, for a user who wants to see them before anything is done. */
export function describePlan(plan: RemotePlan): string {
  const files = Object.entries(plan.files).map(([name, text]) => `--- ${name}\n${text.trimEnd()}\n`);
  return [
    `A load on ${placeNames[plan.place]}. Nothing was written, and nothing was sent.\n`,
    ...files,
    `--- commands\n${describeCommands(plan)}`,
    `--- what differs\n${plan.differences.map((difference) => `- ${difference}\n`).join('')}`,
  ].join('\n');
}
