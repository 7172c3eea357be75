import { addCounts, type FailureCounts } from '../run/failureCounts';
import type { RunInterval } from '../run/metrics';
import type { Scenario } from '../scenario/schema';
import { requiredMs } from '../scenario/timing';
import { explain, type MomentCause } from './causes';
import { type JudgedSecond, judgedSeconds } from './judgedSeconds';
import { findLevelChanges, type LevelChange } from './levels';
import { findOutliers, type Outlier } from './outliers';
import { usualIn, worstIn } from './sampled';

/*
 * shared/moments: the seconds of a run in which something happened, and what. docs/adr/025 has the reasons.
 *
 *   moments         from the seconds of a run to its moments
 *   judgedSeconds   seconds that can be compared, and their neighbours
 *   band, outliers  which seconds left the run's own band
 *   levels          where the P99 went to another level
 *   sampled         what was sampled in a moment, and what is usual
 *   evidence, rules, causes   the table of causes, and which of them explain how much
 */

/** Seconds of a run in which something happened, and what. */
export interface Moment {
  /** `spike`: the P99 or the errors left their band; `gap`: nothing was answered; `level`: the P99 changed for good. */
  kind: 'spike' | 'gap' | 'level';
  /** The first second, as charts number them: by its end, from 1. */
  t: number;
  /** How many seconds; of a change of level 1. */
  durationS: number;
  /** The highest P99, or that of the new level, in ms; null where it did not leave its band. */
  p99Ms: number | null;
  /** The P99 that is usual around it, or that of the level before, in ms; null where it is not known. */
  usualMs: number | null;
  /** Requests that were slower than usual; of a change of level 0. */
  slowed: number;
  /** Failed and unsent requests by kind, where they left their band. */
  lost: FailureCounts;
  /** What explains most of it first; empty where no cause was sampled. */
  causes: readonly MomentCause[];
}

/** What moments are found in: a run document has it. */
export interface MomentSource {
  intervals: readonly RunInterval[];
  scenario: Pick<Scenario, 'load' | 'warmup'>;
}

/** So long a target that was not warmed up counts as just started, in seconds. */
const startS = 3;

/** Outliers without another second between them. */
function groupsOf(outliers: readonly Outlier[], seconds: readonly JudgedSecond[]): [Outlier, ...Outlier[]][] {
  const bySecond = new Map(outliers.map((outlier) => [outlier.second, outlier] as const));
  const groups: [Outlier, ...Outlier[]][] = [];
  let open: [Outlier, ...Outlier[]] | undefined;
  for (const second of seconds) {
    const outlier = bySecond.get(second);
    if (!outlier) {
      open = undefined;
    } else if (open) {
      open.push(outlier);
    } else {
      open = [outlier];
      groups.push(open);
    }
  }
  return groups;
}

function lostOf(outliers: readonly Outlier[]): FailureCounts {
  const lost: FailureCounts = {};
  for (const { second, lost: count } of outliers) {
    if (count === 0) continue;
    addCounts(lost, second.interval.errors);
    if (second.interval.dropped > 0) addCounts(lost, { dropped: second.interval.dropped });
  }
  return lost;
}

function spike(group: [Outlier, ...Outlier[]], { intervals, scenario }: MomentSource): Moment {
  const slow = group.filter(({ latency }) => latency !== undefined);
  const [worst] = [...slow].sort((a, b) => (b.second.interval.p99 ?? 0) - (a.second.interval.p99 ?? 0));
  const p99Ms = worst?.second.interval.p99 ?? null;
  const usualMs = worst?.latency?.usual ?? null;
  const within = group.map(({ second }) => second.interval);
  const t = group[0].second.fromT;
  const lastT = within.at(-1)?.t ?? t;
  const durationS = lastT - t + 1;
  const lost = lostOf(group);
  const neighbours = group[0].neighbours.map(({ interval }) => interval);
  return {
    kind: group.some(({ isSilent }) => isSilent) ? 'gap' : 'spike',
    t,
    durationS,
    p99Ms,
    usualMs,
    slowed: group.reduce((sum, { slowed }) => sum + slowed, 0),
    lost,
    causes: explain({
      excessMs: p99Ms === null || usualMs === null ? durationS * 1_000 : p99Ms - usualMs,
      at: worstIn(
        within,
        intervals.find((interval) => interval.t === lastT + 1),
      ),
      usual: usualIn(neighbours),
      lost,
      isStart: t <= startS && requiredMs(scenario.warmup) === 0,
    }),
  };
}

function levelMoment({ second, before, after, fromMs, toMs }: LevelChange): Moment {
  const earlier = usualIn(before.map(({ interval }) => interval));
  const later = usualIn(after.map(({ interval }) => interval));
  const rises = toMs > fromMs;
  return {
    kind: 'level',
    t: second.interval.t,
    durationS: 1,
    p99Ms: toMs,
    usualMs: fromMs,
    slowed: 0,
    lost: {},
    // What made the higher level high is what came or what went.
    causes: explain({
      excessMs: Math.abs(toMs - fromMs),
      at: rises ? later : earlier,
      usual: rises ? earlier : later,
      lost: {},
      isStart: false,
    }),
  };
}

/** Reports are made anew at every drawing of the window; what a run's moments are does not change. */
const known = new WeakMap<MomentSource, readonly Moment[]>();

/**
 * The moments of a run in their order: seconds whose P99 or errors left the band of those around them, seconds without
 * an answer, and changes of level, each with its causes. A run of a quiet machine has none. Seconds are compared with
 * those for which the same load was planned.
 */
export function findMoments(source: MomentSource): readonly Moment[] {
  const found = known.get(source) ?? search(source);
  known.set(source, found);
  return found;
}

function search(source: MomentSource): Moment[] {
  const seconds = judgedSeconds(source.intervals, source.scenario);
  const outliers = findOutliers(seconds);
  const left = new Set(outliers.map(({ second }) => second));
  const changes = findLevelChanges(seconds.filter((second) => !left.has(second)));
  const spikes = groupsOf(outliers, seconds).map((group) => spike(group, source));
  return [...spikes, ...changes.map(levelMoment)].sort((a, b) => a.t - b.t);
}
