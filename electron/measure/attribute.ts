import { type Attribution, bandsOf, mergedProfile } from '../../shared/attribution/attribution';
import {
  conversionSentence,
  findCauses,
  headOfLineSentence,
  type RunContext,
  tailSentence,
} from '../../shared/attribution/causes';
import { overlapNotes } from '../../shared/attribution/overlap';
import type { RunDescription } from '../../shared/run/events';
import type { RunInterval } from '../../shared/run/metrics';
import { meanOfKnown } from '../../shared/statistics/meanOfKnown';
import type { RunTotals } from './runTotals';

/** What was observed during a run besides its requests. */
function contextOf({ intervals, cacheHit }: RunTotals, { target, scenario }: RunDescription): RunContext {
  const quarter = Math.ceil(intervals.length / 4);
  const hitRate = (part: readonly RunInterval[]): number | null =>
    meanOfKnown(part.map(({ cacheHitRate }) => cacheHitRate));
  const held = [...new Set(intervals.flatMap(({ targetLoopHeldMs }) => Object.keys(targetLoopHeldMs)))];
  return {
    targetCpu: meanOfKnown(intervals.map(({ targetCpu }) => targetCpu)),
    targetUtilisation: meanOfKnown(intervals.map(({ targetUtilisation }) => targetUtilisation)),
    loopHeldMs: Object.fromEntries(
      held.map((part) => [
        part,
        meanOfKnown(intervals.map(({ targetLoopHeldMs }) => targetLoopHeldMs[part] ?? 0)) ?? 0,
      ]),
    ),
    targetGcMs: meanOfKnown(intervals.map(({ targetGcMs }) => targetGcMs)),
    targetCpuWaitMs: meanOfKnown(intervals.map(({ targetCpuWaitMs }) => targetCpuWaitMs)),
    hasCache: target.kind === 'engine' ? scenario.cache.enabled : cacheHit.of > 0 || null,
    firstHitRate: hitRate(intervals.slice(0, quarter)),
    lastHitRate: hitRate(intervals.slice(-quarter)),
  };
}

/** Attributes the response time of a run to its parts. Undefined if the parts were not recorded. */
export function attribute(totals: RunTotals, description: RunDescription): Attribution | undefined {
  const merged = mergedProfile(totals.parts.values());
  if (merged.count === 0) return undefined;
  const all = bandsOf(merged);
  const by_operation = Object.fromEntries([...totals.parts].map(([name, profile]) => [name, bandsOf(profile)]));
  const causes = findCauses(all, by_operation, contextOf(totals, description));
  const sentences = [headOfLineSentence(by_operation), conversionSentence(by_operation)];
  const notes = [...overlapNotes(totals.parts), ...sentences.filter((note) => note !== null)];
  return { all, by_operation, sentence: tailSentence(all), causes, notes };
}
