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
 * shared/moments finds the seconds of a run in which something happened, and why. docs/adr/025 has the reasons.
 *
 *   moments         finds the moments of a run
 *   judgedSeconds   seconds that can be compared, and their neighbours
 *   band, outliers  which seconds left the run's own band
 *   levels          where the P99 moved to another level
 *   sampled         the samples of a moment, and the usual values
 *   evidence, rules, causes   the possible causes, and how much each explains
 */

/** One or more seconds of a run in which something happened. */
export interface Moment {
  /** `spike`: the P99 or the errors left their band; `gap`: no responses; `level`: the P99 changed permanently. */
  kind: 'spike' | 'gap' | 'level';
  /** The first second, numbered by its end as in charts, from 1. */
  t: number;
  /** The number of seconds; 1 for a change of level. */
  durationS: number;
  /** The highest P99, or the P99 of the new level, in ms; null when it did not leave its band. */
  p99Ms: number | null;
  /** The usual P99 around it, or the P99 of the old level, in ms; null when unknown. */
  usualMs: number | null;
  /** Requests that were slower than usual; 0 for a change of level. */
  slowed: number;
  /** Failed and unsent requests by kind, when they left their band. */
  lost: FailureCounts;
  /** The causes, the one that explains most first; empty when no cause was sampled. */
  causes: readonly MomentCause[];
}

/** The data in which moments are searched; a run document contains it. */
export interface MomentSource {
  intervals: readonly RunInterval[];
  scenario: Pick<Scenario, 'load' | 'warmup'>;
}

/** A target without a warm-up counts as just started for this time, in seconds. */
const startS = 3;

/** Groups outliers that follow each other without another second between them. */
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
  const secondOf = (wanted: number): RunInterval | undefined => intervals.find((interval) => interval.t === wanted);
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
      at: worstIn(within, { before: secondOf(t - 1), after: secondOf(lastT + 1) }),
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
    // The causes of the higher level appear or disappear with the change.
    causes: explain({
      excessMs: Math.abs(toMs - fromMs),
      at: rises ? later : earlier,
      usual: rises ? earlier : later,
      lost: {},
      isStart: false,
    }),
  };
}

/** The window builds reports on every drawing, while the moments of a run do not change. */
const known = new WeakMap<MomentSource, readonly Moment[]>();

/**
 * Returns the moments of a run in order, with their causes: seconds whose P99 or errors left the band of the seconds
 * around them, seconds without responses, and changes of level. Seconds are compared with those of the same planned
 * load. A run on a quiet machine has no moments.
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
