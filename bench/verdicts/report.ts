import { formatNumber, formatShare } from '../../shared/units/format';
import { printTable } from '../table';
import { type MachineName, machineNames } from './machines';
import type { RunRecord } from './makeRun';
import { ratios, type Situation, trueP95Ms } from './situations';

/** A run and what it was made of. */
export interface MadeRun {
  situation: Situation;
  record: RunRecord;
}

/** How a verdict stands to the truth. A run that was cut off has said nothing, as an inconclusive one. */
type Outcome = 'right' | 'wrong' | 'open';

function outcomeOf({ record: { verdict, truth } }: MadeRun): Outcome {
  if (verdict === truth) return 'right';
  return verdict === 'passed' || verdict === 'failed' ? 'wrong' : 'open';
}

function counted(runs: readonly MadeRun[], wanted: Outcome): number {
  return runs.filter((run) => outcomeOf(run) === wanted).length;
}

const marks = { passed: 'P', failed: 'F', inconclusive: '?', aborted: 'A', interrupted: 'I' } as const;

/** Verdicts of a cell, such as `9 P, 1 ?`; wrong ones are bold. */
function verdictWords(runs: readonly MadeRun[]): string {
  return Object.entries(marks)
    .flatMap(([verdict, mark]) => {
      const of = runs.filter(({ record }) => record.verdict === verdict);
      const text = `${of.length} ${mark}`;
      return of.length === 0 ? [] : of.some((run) => outcomeOf(run) === 'wrong') ? `**${text}**` : text;
    })
    .join(', ');
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** By how much the server was slower than it meant to be; at the median of runs, and at most. */
function serverWords(runs: readonly MadeRun[]): string {
  const lags = runs.map(({ record: { server } }) => server.didP95Ms - server.intendedP95Ms);
  const middle = median(lags);
  return middle === undefined ? '' : `${formatNumber(middle, 1)} (${formatNumber(Math.max(...lags), 1)})`;
}

/** A row for each machine and load, a column for each ratio. */
function printMatrix(runs: readonly MadeRun[], words: (runs: readonly MadeRun[]) => string): void {
  const names = [...new Set(runs.map(({ situation }) => situation.name))];
  const rows = machineNames.flatMap((machine) =>
    names.flatMap((name) => {
      const ofRow = runs.filter(({ situation }) => situation.machine === machine && situation.name === name);
      const cells = ratios.map((ratio) => words(ofRow.filter(({ situation }) => situation.ratio === ratio)));
      return ofRow.length === 0 ? [] : [[machine, name, ...cells]];
    }),
  );
  printTable(['machine', 'load', ...ratios.map(String)], rows);
}

/** What the benchmark asks for, and whether it is so. */
interface Goal {
  what: string;
  count: number;
  of: number;
  goal: string;
  isHeld: boolean;
}

function wrongGoal(what: string, runs: readonly MadeRun[]): Goal {
  const count = counted(runs, 'wrong');
  return { what, count, of: runs.length, goal: 'at most 1 in 200', isHeld: count * 200 <= runs.length };
}

/** Where the truth is a fifth or more from the limit. */
function isFar({ situation: { ratio } }: MadeRun): boolean {
  return ratio !== undefined && (ratio <= 0.8 || ratio >= 1.25);
}

const leastDecisive = { quiet: 0.95, busy: 0.8, 'busy-three': 0.8, 'half-core': 0.8 } as const satisfies Record<
  MachineName,
  number
>;

function decisiveGoal(machine: MachineName, runs: readonly MadeRun[]): Goal {
  const far = runs.filter((run) => isFar(run) && run.situation.machine === machine);
  const count = counted(far, 'right');
  const least = leastDecisive[machine];
  return {
    what: `decisive and right, ${machine}, the truth a fifth or more from the limit`,
    count,
    of: far.length,
    goal: `at least ${formatShare(least)}`,
    isHeld: count >= least * far.length,
  };
}

function printGoals(goals: readonly Goal[]): void {
  const known = goals.filter(({ of }) => of > 0);
  printTable(
    ['what', 'runs', 'share', 'goal', ''],
    known.map(({ what, count, of, goal, isHeld }) => [
      what,
      `${count} of ${of}`,
      formatShare(count / of),
      goal,
      isHeld ? 'held' : 'MISSED',
    ]),
  );
}

/** What each wrong verdict rests on. */
function printWrong(runs: readonly MadeRun[]): void {
  const wrong = runs.filter((run) => outcomeOf(run) === 'wrong');
  if (wrong.length === 0) return;
  process.stdout.write('Wrong verdicts (response times in ms, shares as fractions):\n\n');
  printTable(
    ['run', 'truth', 'verdict', 'thresholds: value [low, high]', "the server's own P95, ms"],
    wrong.map(({ record: { key, truth, verdict, thresholds, server } }) => [
      key,
      truth,
      verdict,
      thresholds
        .map(
          ({ expression, value, low, high, status }) =>
            `${expression} ${status}: ${value?.toPrecision(4)} [${low?.toPrecision(4)}, ${high?.toPrecision(4)}]`,
        )
        .join('; '),
      server.didP95Ms.toFixed(1),
    ]),
  );
}

/** Which doubts left runs without a verdict, by machine. */
function printOpen(runs: readonly MadeRun[]): void {
  const rows = machineNames.flatMap((machine) => {
    const open = runs.filter((run) => run.situation.machine === machine && outcomeOf(run) === 'open');
    const checks = new Map<string, number>();
    for (const { record } of open) for (const check of record.decisive) checks.set(check, (checks.get(check) ?? 0) + 1);
    const words = [...checks].sort(([, a], [, b]) => b - a).map(([check, count]) => `${check} ${count}`);
    return open.length === 0 ? [] : [[machine, open.length, words.join(', ')]];
  });
  if (rows.length === 0) return;
  process.stdout.write('Runs without a verdict, and the doubts that decided it:\n\n');
  printTable(['machine', 'runs', 'doubts'], rows);
}

function printTargets(runs: readonly MadeRun[]): void {
  const situations = [...new Map(runs.map(({ situation }) => [situation.key, situation])).values()];
  const rows = situations.map((situation) => {
    const of = runs.filter((run) => run.situation.key === situation.key);
    const truths = [...new Set(of.map(({ record }) => record.truth))].join(', ');
    const counts = [counted(of, 'right'), counted(of, 'open'), counted(of, 'wrong')];
    return [situation.name, situation.truthWords, truths, verdictWords(of), ...counts];
  });
  process.stdout.write(
    'Targets that are not ordinary (limit 50 ms at P95, 1 % failures, if nothing else is said):\n\n',
  );
  printTable(['target', 'what is true', 'so', 'verdicts', 'right', 'without', 'wrong'], rows);
}

/** Prints what was measured as Markdown; returns whether all goals are held. */
export function printReport(runs: readonly MadeRun[]): boolean {
  const cells = runs.filter(({ situation }) => situation.part === 'matrix');
  const targets = runs.filter(({ situation }) => situation.part === 'targets');
  if (cells.length > 0) {
    process.stdout.write(
      `Verdicts by the true P95 of ${trueP95Ms} ms as a share of the limit: below 1 the truth is passed (P), above it failed (F).\nThe verdicts of a row come from the same runs.\n\n`,
    );
    printMatrix(cells, verdictWords);
    process.stdout.write(
      "By how much the server's own P95 was above that of the times it had drawn, in ms: the median of runs (the most):\n\n",
    );
    printMatrix(cells, serverWords);
  }
  if (targets.length > 0) printTargets(targets);
  const goals = [
    wrongGoal('wrong', cells),
    ...machineNames.map((machine) => decisiveGoal(machine, cells)),
    wrongGoal('wrong, of targets that are not ordinary', targets),
  ];
  printGoals(goals);
  printOpen(runs);
  printWrong(runs);
  return goals.every(({ of, isHeld }) => of === 0 || isHeld);
}
