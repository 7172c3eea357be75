/*
 * Runs whose truth is known, and how often their verdict is right. `npm run bench:verdicts -- --help` says what can be
 * chosen.
 */
import { parseArgs } from 'node:util';
import { Interruption } from '../interruption';
import { Progress } from '../progress';
import { Records } from '../records';
import { halfCoreMeans, type MachineName, machineNames } from './machines';
import { makeRun, recordKey, runRecordSchema } from './makeRun';
import { type MadeRun, printReport } from './report';
import { faultyTargets, type LoadName, loadNames, matrix, ratios, type Situation, targetNames } from './situations';

/** What the build hands over, and what the user asks for. */
export interface VerdictsOptions {
  serverFile: string;
  args: string[];
}

const usage = `npm run bench:verdicts -- [matrix] [targets] [options]
  --runs <n>            runs of each cell and target (10)
  --seconds <n>         length of the measured part (10)
  --machine <name>      ${machineNames.join(' | ')}; may be repeated
  --load <name>         ${loadNames.map((name) => `"${name}"`).join(' | ')}; may be repeated
  --ratio <n>           ${ratios.join(' | ')}: true P95 as a share of the limit; may be repeated;
                        one run is judged against the limits of all of them
  --target <name>       ${targetNames.map((name) => `"${name}"`).join(' | ')}; may be repeated
  --out <file>          keeps each run as a line of JSON, and leaves out runs that are there
  --documents <folder>  keeps the run documents
npm run bench:verdicts -- rejudge [--help | ...]
`;

class UsageError extends Error {}

function chosen<Name extends string>(
  what: string,
  wanted: readonly string[] | undefined,
  all: readonly Name[],
): Name[] {
  for (const name of wanted ?? [])
    if (!all.some((known) => known === name))
      throw new UsageError(`there is no ${what} ${name}; there are ${all.join(' | ')}`);
  return all.filter((name) => wanted?.includes(name) ?? true);
}

function positive(what: string, text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value > 0)) throw new UsageError(`--${what} must be a whole number above 0`);
  return value;
}

function parse(args: string[]) {
  const many = { type: 'string', multiple: true } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '10' },
      machine: many,
      load: many,
      ratio: many,
      target: many,
      out: { type: 'string' },
      documents: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const parts = chosen('part', positionals.length > 0 ? positionals : undefined, ['matrix', 'targets']);
  return {
    ...values,
    parts,
    runs: positive('runs', values.runs),
    seconds: positive('seconds', values.seconds),
    machines: chosen('machine', values.machine, machineNames),
    loads: chosen('load', values.load, loadNames),
    ratios: chosen('ratio', values.ratio, ratios.map(String)).map(Number),
    targets: chosen('target', values.target, targetNames),
  };
}

function situationsOf(
  { parts, machines, loads, ratios: wanted, targets, seconds }: ReturnType<typeof parse>,
  possible: readonly MachineName[],
): Situation[] {
  const known: readonly LoadName[] = loads;
  const cells = matrix(
    machines.filter((machine) => possible.includes(machine)),
    known,
    wanted,
    seconds,
  );
  return [
    ...(parts.includes('matrix') ? cells : []),
    ...(parts.includes('targets') ? faultyTargets(targets, seconds) : []),
  ];
}

/** Situations by the run that they share. */
function sharingRuns(situations: readonly Situation[]): [Situation, ...Situation[]][] {
  const byRun = new Map<string, [Situation, ...Situation[]]>();
  for (const situation of situations) {
    const sharing = byRun.get(situation.runKey);
    if (sharing) sharing.push(situation);
    else byRun.set(situation.runKey, [situation]);
  }
  return [...byRun.values()];
}

/** Says how the generator is limited, or that it can't be; returns the machines that are possible. */
function possibleMachines({ parts, machines }: ReturnType<typeof parse>): readonly MachineName[] {
  if (!parts.includes('matrix') || !machines.includes('half-core')) return machines;
  const means = halfCoreMeans();
  process.stdout.write(
    means === undefined
      ? 'half-core is left out: neither control groups nor taskset can limit the generator here.\n\n'
      : `half-core: ${means}.\n\n`,
  );
  return means === undefined ? machines.filter((name) => name !== 'half-core') : machines;
}

/** Makes what is missing and prints all; resolves with the exit code: 0 where all goals are held, 1 where one is not. */
async function measure({ serverFile, args }: VerdictsOptions): Promise<number> {
  const options = parse(args);
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const situations = situationsOf(options, possibleMachines(options));
  const records = new Records(options.out, runRecordSchema);
  // One run of each, then the next: whoever stops early has seen something of everything.
  const all = Array.from({ length: options.runs }, (_, index) =>
    sharingRuns(situations).map((sharing) => ({ sharing, run: index + 1 })),
  ).flat();
  const missing = all.filter(({ sharing, run }) =>
    sharing.some((situation) => records.get(recordKey(situation, run)) === undefined),
  );
  const interruption = new Interruption();
  const progress = new Progress(missing.reduce((sum, { sharing: [{ seconds }] }) => sum + seconds, 0));
  let errors = 0;
  for (const { sharing, run } of missing) {
    if (interruption.isAsked) break;
    const [{ runKey, seconds }] = sharing;
    const name = `${runKey}#${run}`;
    try {
      const making = { serverFile, documentsFolder: options.documents, interruption };
      const made = await makeRun(sharing, run, making);
      if (interruption.isAsked) break;
      for (const record of made) records.add(record);
      const words = made.map(({ verdict, truth }) => (verdict === truth ? verdict : `${verdict} (in truth ${truth})`));
      progress.step(seconds, `${name}: ${words.join(', ')}`);
    } catch (error) {
      if (interruption.isAsked) break;
      errors += 1;
      progress.step(seconds, `${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const made = all.flatMap(({ sharing, run }) =>
    sharing.flatMap((situation): MadeRun[] => {
      const record = records.get(recordKey(situation, run));
      return record ? [{ situation, record }] : [];
    }),
  );
  const isHeld = printReport(made);
  if (errors > 0) process.stdout.write(`${errors} runs ended without a verdict or with a wrong exit code.\n`);
  return isHeld && errors === 0 ? 0 : 1;
}

/** The benchmark of verdicts; resolves with its exit code. */
export async function verdicts(options: VerdictsOptions): Promise<number> {
  try {
    return await measure(options);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof TypeError && 'code' in error)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    return 2;
  }
}
