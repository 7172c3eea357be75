import { type LaneLook, type Timeline, type TimelineLane, timelineLanes } from '../../../shared/ipc/preferences';
import type { RunDescription } from '../../../shared/run/events';
import type { RunView } from '../../../shared/run/reducer';

interface LaneKind {
  /** The title of its chart. */
  name: string;
  /** The default look. Hidden lanes also have their own section, and can be shown beside the others. */
  look: LaneLook;
}

/** The lanes of the timeline, each a chart over the same seconds. */
export const laneKinds: Readonly<Record<TimelineLane, LaneKind>> = {
  'response-time': { name: 'Response time', look: { isShown: true, heightPx: 240 } },
  throughput: { name: 'Throughput', look: { isShown: true, heightPx: 130 } },
  heatmap: { name: 'Latency over time', look: { isShown: true, heightPx: 160 } },
  cache: { name: 'Cache hits', look: { isShown: true, heightPx: 110 } },
  errors: { name: 'Errors by kind', look: { isShown: false, heightPx: 130 } },
  parts: { name: 'Parts of the mean request', look: { isShown: false, heightPx: 160 } },
  processor: { name: 'Processor', look: { isShown: false, heightPx: 130 } },
  'event-loop': { name: 'Event loop', look: { isShown: false, heightPx: 130 } },
  memory: { name: 'Memory', look: { isShown: false, heightPx: 130 } },
};

/** The lanes for which a run has data, in order. */
export function lanesOf(
  { target }: Pick<RunDescription, 'target'>,
  { intervals, heat }: Pick<RunView, 'intervals' | 'heat'>,
): TimelineLane[] {
  const isOurs = target.kind === 'engine';
  const isKnown: Partial<Record<TimelineLane, boolean>> = {
    heatmap: heat.length > 0,
    cache: isOurs || intervals.some(({ cacheHitRate }) => cacheHitRate !== null),
    errors: intervals.some(({ errors }) => Object.keys(errors).length > 0),
    parts: intervals.some(({ parts }) => Object.keys(parts).length > 0),
    'event-loop': isOurs,
    memory: isOurs,
  };
  return timelineLanes.filter((lane) => isKnown[lane] ?? true);
}

/** The look of a lane. */
export function lookOf(timeline: Timeline, lane: TimelineLane): LaneLook {
  return timeline[lane] ?? laneKinds[lane].look;
}

/** The timeline settings with a change of one lane. A look that equals the default is left out. */
export function withLook(timeline: Timeline, lane: TimelineLane, change: Partial<LaneLook>): Timeline {
  const { [lane]: _before, ...others } = timeline;
  const look = { ...lookOf(timeline, lane), ...change };
  const usual = laneKinds[lane].look;
  const isUsual = look.isShown === usual.isShown && look.heightPx === usual.heightPx;
  return isUsual ? others : { ...others, [lane]: look };
}
