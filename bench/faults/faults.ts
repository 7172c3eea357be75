import { parseArgs } from 'node:util';
import { Cli } from '../../tests/support/cli';
import { Interruption } from '../interruption';
import { printTable } from '../table';
import { faultList } from './faultList';
import { kinds } from './kinds';
import { strike } from './strike';

const help = `npm run bench:faults [-- options]
  --kinds LIST     of ${kinds.map(({ name }) => name).join(', ')}
  --faults LIST    words of ${faultList.map(({ name }) => name).join(', ')}
  --after SECONDS  how long the work goes on before the fault comes; 130 is more than the silence after which a writer
                   was once taken for dead
`;

/** The members that a list of words names; all without one. */
function chosen<T extends { name: string }>(all: readonly T[], list: string | undefined): T[] {
  if (list === undefined) return [...all];
  const words = list.split(',').map((word) => word.trim());
  return all.filter(({ name }) => words.some((word) => name.includes(word)));
}

/**
 * Prints a table of faults under kinds of work: what happened, what was kept, and what must not be, such as an
 * acknowledged write that is lost or a process that is left. Returns the exit code: 1 when there is something of that.
 */
export async function faults(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kinds: { type: 'string' },
      faults: { type: 'string' },
      after: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const interruption = new Interruption();
  const prepared = new Cli();
  const rows: string[][] = [];
  let failed = 0;
  try {
    await prepared.run('run', 'level-0', '--engine', 'memory', '--warmup', '0s', '--duration', '1s', '--quiet');
    for (const kind of chosen(kinds, values.kinds))
      for (const fault of chosen(faultList, values.faults)) {
        if (interruption.isAsked) break;
        process.stderr.write(`${kind.name}: ${fault.name}\n`);
        const outcome = await strike(kind, fault, prepared.dataFolder, Number(values.after ?? 0) * 1_000);
        if (!outcome) {
          rows.push([kind.name, fault.name, 'does not apply', '', '']);
          continue;
        }
        const { happened, kept, problems } = outcome;
        if (problems.length > 0) failed += 1;
        rows.push([kind.name, fault.name, happened, kept, problems.length === 0 ? 'holds' : problems.join('; ')]);
      }
  } finally {
    prepared.dispose();
  }
  printTable(['work', 'fault', 'what happened', 'what was kept', ''], rows);
  process.stdout.write(`${rows.length} cases, ${failed} with something lost or left\n`);
  return failed === 0 ? 0 : 1;
}
