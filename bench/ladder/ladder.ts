/*
 * Every level at its full length on every engine that the machine has, in the terminal or in the window: each must end
 * in passed or failed. `npm run bench:ladder -- --help` says what can be chosen.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { levels } from '../../electron/app/runs/levels';
import { findBinaries } from '../../electron/postgres/binaries';
import { type EngineId, engineIds } from '../../shared/engines/engine';
import { ProofloadError } from '../../shared/errors/appError';
import { exitCodes, verdictSchema } from '../../shared/run/verdict';
import { durationMsOf } from '../../shared/scenario/timing';
import { formatLatency, formatNumber } from '../../shared/units/format';
import { Interruption } from '../interruption';
import { Progress } from '../progress';
import { Records } from '../records';
import { printTable } from '../table';
import { type MakeRun, mongodbUrl, type Step, terminalRuns } from './makeRun';
import { WindowRuns, type WindowTools } from './windowRuns';

const levelNames = levels.map(({ id }) => id.replace('level-', ''));

function isHere(engine: EngineId): boolean {
  if (engine === 'mongodb') return mongodbUrl !== undefined;
  if (engine !== 'postgres') return true;
  try {
    findBinaries();
    return true;
  } catch (error) {
    if (error instanceof ProofloadError) return false;
    throw error;
  }
}

const enginesHere = engineIds.filter(isHere);

const usage = `npm run bench:ladder -- [options]
  --engines <names>     ${enginesHere.join(',')}
  --levels <names>      ${levelNames.join(',')}
  --times <n>           runs of each level on each engine (1)
  --window              makes the runs in the window
  --out <file>          keeps each run as a line of JSON, and leaves out runs that are there
  --documents <folder>  keeps the run documents
MongoDB takes part where TEST_MONGODB_URL names a server.
`;

class UsageError extends Error {}

/** What is kept of a run of the ladder; latencies in ms. */
const stepRecordSchema = z.object({
  key: z.string(),
  engine: z.string(),
  level: z.string(),
  verdict: verdictSchema,
  /** Null in the window. */
  code: z.int().nullable(),
  p95Ms: z.number(),
  p99Ms: z.number(),
  /** The least of its thresholds: how many times the worst value fits into the limit. */
  margin: z.number().nullable(),
  /** What decided that there is no verdict, or why it failed. */
  reasons: z.array(z.string()),
  durationMs: z.number(),
});
type StepRecord = z.infer<typeof stepRecordSchema>;

function parse(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      engines: { type: 'string' },
      levels: { type: 'string' },
      times: { type: 'string', default: '1' },
      window: { type: 'boolean', default: false },
      out: { type: 'string' },
      documents: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const chosen = <Name extends string>(what: string, text: string | undefined, all: readonly Name[]): Name[] => {
    const wanted = text?.split(',').map((name) => name.trim());
    for (const name of wanted ?? [])
      if (!all.some((known) => known === name))
        throw new UsageError(`there is no ${what} ${name} here; there are ${all.join(', ')}`);
    return all.filter((name) => wanted?.includes(name) ?? true);
  };
  const times = Number(values.times);
  if (!(Number.isInteger(times) && times > 0)) throw new UsageError('--times must be a whole number above 0');
  return {
    ...values,
    times,
    engines: chosen('engine', values.engines, enginesHere),
    levels: chosen('level', values.levels?.toLowerCase(), levelNames),
  };
}

function stepsOf({ engines, levels: names, times }: ReturnType<typeof parse>): Step[] {
  return names.flatMap((level) => {
    const scenario = levels.find(({ id }) => id === `level-${level}`);
    const expectedMs = scenario ? durationMsOf(scenario.load) : 0;
    return engines.flatMap((engine) =>
      Array.from({ length: times }, (_, index) => ({
        key: `${engine}/${level}#${index + 1}`,
        engine,
        level,
        expectedMs,
      })),
    );
  });
}

/** Makes a run at the level's own length. Throws when it ended without a document. */
async function makeStep(step: Step, make: MakeRun, documents: string | undefined): Promise<StepRecord> {
  const { key, engine, level } = step;
  const { code, document, durationMs } = await make(step);
  if (documents !== undefined) {
    mkdirSync(documents, { recursive: true });
    writeFileSync(join(documents, `${key.replace('/', '-')}.json`), JSON.stringify(document));
  }
  const { verdict, thresholds, trust, metrics } = document;
  const margins = thresholds.flatMap(({ margin }) => margin ?? []);
  return {
    key,
    engine,
    level,
    verdict,
    code,
    p95Ms: metrics.http_req_duration.p95,
    p99Ms: metrics.http_req_duration.p99,
    margin: margins.length > 0 ? Math.min(...margins) : null,
    reasons:
      verdict === 'failed'
        ? thresholds.flatMap(({ status, metric, expression }) => (status === 'failed' ? `${metric} ${expression}` : []))
        : trust.flatMap(({ ok, check, message }) => (ok ? [] : `${check}: ${message}`)),
    durationMs,
  };
}

/** Whether a run said what it is for, with the exit code that goes with it. */
function isDecided({ verdict, code }: StepRecord): boolean {
  return (verdict === 'passed' || verdict === 'failed') && (code === null || code === exitCodes[verdict]);
}

function printSteps(made: readonly StepRecord[]): void {
  const rows = made.map((record) => {
    const { level, engine, verdict, code, p95Ms, p99Ms, margin, reasons, durationMs } = record;
    return [
      level.toUpperCase(),
      engine,
      isDecided(record) ? verdict : `**${verdict}**`,
      code ?? '',
      formatLatency(p95Ms),
      formatLatency(p99Ms),
      margin === null ? '' : formatNumber(margin, 1),
      `${formatNumber(durationMs / 1000)} s`,
      reasons.join(' '),
    ];
  });
  printTable(['level', 'engine', 'verdict', 'exit', 'P95', 'P99', 'margin', 'took', 'why'], rows);
}

async function measure(args: string[], tools: WindowTools): Promise<number> {
  const options = parse(args);
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const steps = stepsOf(options);
  const records = new Records(options.out, stepRecordSchema);
  const missing = steps.filter(({ key }) => records.get(key) === undefined);
  const interruption = new Interruption();
  const windowRuns = new WindowRuns(tools);
  const make = options.window ? windowRuns.make : terminalRuns(interruption);
  const progress = new Progress(missing.reduce((sum, { expectedMs }) => sum + expectedMs, 0));
  let errors = 0;
  for (const step of missing) {
    try {
      const record = await makeStep(step, make, options.documents);
      if (interruption.isAsked) break;
      records.add(record);
      progress.step(step.expectedMs, `${step.key}: ${record.verdict}`);
    } catch (error) {
      if (interruption.isAsked) break;
      errors += 1;
      progress.step(step.expectedMs, `${step.key}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  windowRuns.end();
  const made = steps.flatMap(({ key }) => records.get(key) ?? []);
  printSteps(made);
  const decided = made.filter(isDecided).length;
  process.stdout.write(`${decided} of ${made.length + errors} runs ended in passed or failed; all should.\n`);
  return decided === made.length && errors === 0 ? 0 : 1;
}

/** The benchmark of the ladder; resolves with its exit code: 0 where each run was decided. */
export async function ladder(args: string[], tools: WindowTools): Promise<number> {
  try {
    return await measure(args, tools);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof TypeError && 'code' in error)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    return 2;
  }
}
