/* Disturbances of known kind at known seconds, and what the moments of the run say of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findMoments, type Moment } from '../../shared/moments/moments';
import { describeMoment, momentTime } from '../../shared/report/wording/describeMoment';
import type { RunDocument } from '../../shared/run/document';
import { Interruption } from '../interruption';
import { Progress } from '../progress';
import { printTable } from '../table';
import { benchRun } from '../verdict/benchRun';
import { type Built, type Kind, kinds, quiet } from './kinds';

const usage = `npm run bench:moments -- [options] [kind ...]

Runs of a minute at 200 req/s, disturbed eight times each, and runs in which nothing happens.
Kinds: ${kinds.map(({ name }) => name).join(', ')}, quiet. Without one all of them.

  --runs N     runs of each kind (3)
  --quiet N    quiet runs (10)
  --out DIR    keeps the run documents there
`;

const seconds = 60;
const warmupSeconds = 5;
/** After the seconds that make the first band, and far enough apart to be moments of their own. */
const strikesAtS = Array.from({ length: 8 }, (_, place) => 8.3 + 6.2 * place);
const scenario = {
  load: { executor: 'constant-arrival-rate', rate: 200, duration: `${seconds}s`, preAllocatedVUs: 50, maxVUs: 2_000 },
  warmup: `${warmupSeconds}s`,
};

interface Disturbed {
  document: RunDocument;
  /** When it was struck, in seconds of the measured part. */
  struckS: readonly number[];
}

/** Makes a run that is disturbed at known times of its measured part. */
async function disturbedRun(kind: Kind, built: Built, number: number): Promise<Disturbed> {
  const struck = await kind.open(built);
  const timers: NodeJS.Timeout[] = [];
  const struckS: number[] = [];
  try {
    const document = await benchRun(struck.host, struck.target, { ...scenario, seed: number }, (event) => {
      if (event.type !== 'phase' || event.phase !== 'running' || kind === quiet) return;
      const beganMs = performance.now();
      const strike = (): void => {
        struckS.push((performance.now() - beganMs) / 1_000);
        struck.strike();
      };
      for (const atS of strikesAtS) timers.push(setTimeout(strike, atS * 1_000));
    });
    return { document, struckS };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    struck.end();
  }
}

/** Whether a moment has the second of a strike, or the one after, in which what it held up was answered. */
function isOf({ t, durationS }: Moment, struckS: number): boolean {
  const second = Math.floor(struckS) + 1;
  return t <= second + 2 && t + durationS > second;
}

interface Tally {
  struck: number;
  found: number;
  named: number;
  /** Moments that nobody made. */
  others: number;
}

function judge(kind: Kind, { document, struckS }: Disturbed, tally: Tally): void {
  const moments = findMoments(document);
  const mine = new Set<Moment>();
  for (const atS of struckS) {
    const found = moments.filter((moment) => isOf(moment, atS));
    for (const moment of found) mine.add(moment);
    const isNamed = found.some(({ causes: [first] }) => first !== undefined && kind.expected.includes(first.kind));
    tally.struck += 1;
    tally.found += found.length > 0 ? 1 : 0;
    tally.named += isNamed ? 1 : 0;
  }
  tally.others += moments.length - mine.size;
  for (const moment of moments)
    process.stderr.write(
      `  ${kind.name} ${momentTime(moment)} ${mine.has(moment) ? '' : '(not ours) '}${describeMoment(moment)}\n`,
    );
}

/** Returns the exit code. */
export async function moments({ args, ...built }: Built & { args: string[] }): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '3' },
      quiet: { type: 'string', default: '10' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const chosen = [...kinds, quiet].filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const plan = chosen.flatMap((kind) =>
    Array.from({ length: Number(kind === quiet ? values.quiet : values.runs) }, (_, number) => ({ kind, number })),
  );
  const interruption = new Interruption();
  const progress = new Progress(plan.length);
  const tallies = new Map<Kind, Tally>();
  for (const { kind, number } of plan) {
    if (interruption.isAsked) break;
    const tally = tallies.get(kind) ?? { struck: 0, found: 0, named: 0, others: 0 };
    tallies.set(kind, tally);
    const run = await disturbedRun(kind, built, number);
    if (values.out) writeFileSync(join(values.out, `${kind.name}-${number}.json`), JSON.stringify(run));
    judge(kind, run, tally);
    progress.step(1, `${kind.name} ${number + 1}`);
  }
  printTable(
    ['disturbed by', 'times', 'found', 'named rightly', 'other moments'],
    [...tallies].map(([{ name }, { struck, found, named, others }]) => [name, struck, found, named, others]),
  );
  return 0;
}
