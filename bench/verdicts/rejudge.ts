/* Runs that were saved before: the old verdict, the one that they would have now, and why. */
import { resolve } from 'node:path';
import { formatThresholdValue } from '../../shared/report/wording/describeThreshold';
import type { RunDocument } from '../../shared/run/document';
import { targetLabel } from '../../shared/run/target';
import { statusOf } from '../../shared/run/verdict';
import type { ThresholdResult } from '../../shared/thresholds/evaluate';
import { printTable } from '../table';
import { judgeAgain, type NewJudgement } from './judgeAgain';
import { type SavedRun, savedRuns } from './savedRuns';

const usage = `npm run bench:verdicts -- rejudge [path ...]
  A path is a data folder, a folder of run documents, or a run document; without any, the runs that come with the
  project: those of stores and documents of earlier versions, and the sample run.
`;
const ofTheProject = [
  'tests/fixtures/history-1',
  'tests/fixtures/history-2',
  'tests/fixtures/history-3',
  'tests/fixtures/documents',
  'resources/sample-run.json',
];

/** What an old verdict rested on: thresholds that failed, or checks that were not passed. */
function oldReasons({ verdict, thresholds, trust, reason }: RunDocument): string {
  if (reason !== undefined) return reason;
  const failed = thresholds.flatMap(({ metric, expression, ok }) => (ok ? [] : `${metric} ${expression}`));
  const doubted = trust.flatMap(({ check, ok }) => (ok ? [] : check));
  return (verdict === 'failed' ? failed : doubted).join(', ');
}

/** A threshold with the interval of its true value and how it stands; an end without bound is left open. */
function thresholdWords(result: ThresholdResult): string {
  const { metric, expression, value, low, high } = result;
  const words = `${metric} ${expression} ${statusOf(result)}`;
  if (value === null) return `${words}: without a value`;
  const written = (bound: number): string => formatThresholdValue(result, bound);
  const end = (bound: number | null): string => (bound === null ? '' : written(bound));
  const interval = low === undefined || high === undefined ? '' : ` [${end(low)}, ${end(high)}]`;
  return `${words}: ${written(value)}${interval}`;
}

/** The thresholds that decide a verdict, or all where all hold. */
function deciding({ verdict, thresholds }: NewJudgement): ThresholdResult[] {
  const wanted = verdict === 'inconclusive' ? 'undecided' : verdict;
  const found = thresholds.filter((result) => statusOf(result) === wanted);
  return found.length > 0 ? found : thresholds;
}

function newReasons(judgement: NewJudgement): string {
  const doubts = judgement.trust.flatMap(({ ok, message }) => (ok ? [] : message));
  return [...deciding(judgement).map(thresholdWords), ...doubts].join('; ');
}

function rowOf(run: SavedRun): string[] {
  const { document } = run;
  const { id, scenario, target, backend, verdict } = document;
  const about = [id, `${scenario.name} on ${targetLabel(target, backend)}`, verdict, oldReasons(document)];
  const judgement = judgeAgain(run);
  if (!judgement)
    return [
      ...about,
      verdict,
      document.capacity
        ? 'a search rests on its steps, whose seconds are not kept: search again'
        : 'it did not come to its end, and that stays so',
      '',
    ];
  const changed = judgement.verdict === verdict ? judgement.verdict : `**${judgement.verdict}**`;
  return [...about, changed, newReasons(judgement), judgement.unknown.join(' ')];
}

/** Prints the old and new verdicts of saved runs; returns the exit code. */
export function rejudge(args: readonly string[]): number {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const paths = args.length > 0 ? args : ofTheProject;
  const rows = paths.flatMap((path) => savedRuns(resolve(path)).map(rowOf));
  printTable(['run', 'of', 'old verdict', 'because', 'new verdict', 'because', 'not known any more'], rows);
  return 0;
}
