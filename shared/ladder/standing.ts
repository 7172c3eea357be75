import type { EngineDescription, EngineId } from '../engines/engine';
import type { RunSummary } from '../run/summary';
import { describeLoad, levelMark } from '../scenario/describe';
import type { Scenario } from '../scenario/schema';
import { formatLatency } from '../units/format';
import { type Gate, gatekeeperOf, gateOf, isCounted } from './gate';

/** The state of a level for a target. */
export interface Rung {
  level: Scenario;
  /** The last run of the level on the target that ended in this data folder. */
  last: RunSummary | undefined;
  /** Whether one of its runs counts for the level above. */
  isCounted: boolean;
  gate: Gate;
}

/**
 * Returns the last run of a level on a target, and whether the level below has unlocked it. `runs` must be newest
 * first.
 */
export function rungOf(
  levels: readonly Scenario[],
  level: Scenario,
  runs: readonly RunSummary[],
  target: string,
): Rung {
  const runsOf = (id: string | undefined): RunSummary[] =>
    runs.filter((run) => run.scenarioId === id && run.target === target && run.verdict !== null && run.origin === null);
  const gatekeeper = gatekeeperOf(levels, level);
  const own = runsOf(level.id);
  return {
    level,
    last: own[0],
    isCounted: own.some(isCounted),
    gate: gateOf(gatekeeper, runsOf(gatekeeper?.id)),
  };
}

/** The most informative next measurement: a run of a level on an engine, or a comparison of the options. */
export type NextMeasurement = { kind: 'run'; levelId: string; engine: EngineId; label: string } | { kind: 'options' };

/** What is known, in a sentence or two, and what to measure next. */
export interface Standing {
  sentence: string;
  next: NextMeasurement;
}

/** The first case of the report. */
const reportLevel = 1;
const reportEngine: EngineId = 'sqlite-json';

function runOf(level: Scenario, engine: Pick<EngineDescription, 'id' | 'name'>): NextMeasurement {
  return {
    kind: 'run',
    levelId: level.id,
    engine: engine.id,
    label: `Run level ${levelMark(level)} on ${engine.name}`,
  };
}

/** Returns the result of the last run of a level: `P95 806 ms`. */
function resultOf({ p95Ms }: RunSummary): string {
  return p95Ms === null ? 'no request succeeded' : `P95 ${formatLatency(p95Ms)}`;
}

/**
 * Returns the place of the level whose gate is the next to unlock: a locked level below, if the one at `place` is locked
 * only because no run of that level counts.
 */
function lowestLocked(rungs: readonly Rung[], place: number): number {
  const [rung, below] = [rungs[place], rungs[place - 1]];
  const waitsForBelow = rung?.gate.open === false && below?.gate.open === false && !below.isCounted;
  return waitsForBelow ? lowestLocked(rungs, place - 1) : place;
}

function standingOn(rungs: readonly Rung[], engine: Pick<EngineDescription, 'id' | 'name'>): Standing | undefined {
  const top = rungs.findLastIndex(({ last }) => last !== undefined);
  const place = lowestLocked(rungs, rungs[top]?.last?.verdict === 'passed' || top < 0 ? top + 1 : top);
  const [rung, below] = [rungs[place], rungs[place - 1]];
  if (!rung) return undefined;
  const { level, last, gate } = rung;
  const mark = levelMark(level);
  if (!gate.open)
    return {
      sentence: `Level ${mark} is locked for ${engine.name}. ${gate.reason}`,
      next: below && !below.isCounted ? runOf(below.level, engine) : { kind: 'options' },
    };
  if (last?.verdict === 'failed')
    return { sentence: `Level ${mark} failed on ${engine.name}: ${resultOf(last)}.`, next: { kind: 'options' } };
  if (last)
    return {
      sentence: `Level ${mark} on ${engine.name} has no verdict: ${resultOf(last)}.`,
      next: runOf(level, engine),
    };
  const passed = below ? `Level ${levelMark(below.level)} passed on ${engine.name}. ` : '';
  return { sentence: `${passed}Level ${mark} asks for ${describeLoad(level.load)}.`, next: runOf(level, engine) };
}

interface Known {
  levels: readonly Scenario[];
  engines: readonly Pick<EngineDescription, 'id' | 'name'>[];
  /** The runs, newest first. */
  runs: readonly RunSummary[];
}

/**
 * Returns the standing of the engine that was measured last, and the next step: first the case of the report, then the
 * highest level that was run, or the one above it when that passed. Undefined when there are no levels.
 */
export function standingOf({ levels, engines, runs }: Known): Standing | undefined {
  const rungs = levels.filter(({ level }) => level !== undefined);
  const engine = runs
    .filter(({ verdict, origin }) => verdict !== null && origin === null)
    .flatMap(({ target }) => engines.find(({ id }) => id === target) ?? [])[0];
  if (!engine) {
    const [level, first] = [
      rungs.find((rung) => rung.level === reportLevel),
      engines.find(({ id }) => id === reportEngine),
    ];
    return level && first
      ? {
          sentence: `Nothing has been measured here yet. Level ${reportLevel} on ${first.name} reproduces the report.`,
          next: runOf(level, first),
        }
      : undefined;
  }
  const standing = standingOn(
    rungs.map((level) => rungOf(levels, level, runs, engine.id)),
    engine,
  );
  if (standing) return standing;
  const capacity = levels.find(({ level }) => level === undefined);
  return capacity && { sentence: `All levels passed on ${engine.name}.`, next: runOf(capacity, engine) };
}
