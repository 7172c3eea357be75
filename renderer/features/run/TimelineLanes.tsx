import { type ComponentType, type ReactNode, useCallback, useId, useMemo, useState } from 'react';
import { shownSeconds } from '../../../shared/charts/chartData';
import { laneHeightPx, type TimelineLane } from '../../../shared/ipc/preferences';
import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import type { RunDescription } from '../../../shared/run/events';
import type { RunView } from '../../../shared/run/reducer';
import { RunHeatmap } from '../../charts/distribution/RunHeatmap';
import { PartsChart } from '../../charts/parts/PartsChart';
import { ScheduledChart } from '../../charts/scheduling/ScheduledChart';
import { CacheChart } from '../../charts/time/CacheChart';
import { ErrorChart } from '../../charts/time/ErrorChart';
import { LatencyChart } from '../../charts/time/LatencyChart';
import { EventLoopChart, MemoryChart, ProcessorChart } from '../../charts/time/ServiceCharts';
import { ThroughputChart } from '../../charts/time/ThroughputChart';
import type { RunChartProps } from '../../charts/time/TimeChart';
import { usePreferenceStore } from '../../store/preferenceStore';
import { Menu } from '../../ui/Menu';
import { ResizeHandle } from '../../ui/ResizeHandle';
import { laneKinds, lanesOf, lookOf, withLook } from './lanes';
import styles from './TimelineLanes.module.css';

/** The chart of each lane. The heatmap takes other data. */
const charts: Readonly<Record<Exclude<TimelineLane, 'heatmap'>, ComponentType<RunChartProps>>> = {
  'response-time': LatencyChart,
  throughput: ThroughputChart,
  cache: CacheChart,
  errors: ErrorChart,
  parts: PartsChart,
  processor: ProcessorChart,
  'event-loop': EventLoopChart,
  memory: MemoryChart,
};

function Lane({ lane, children }: { lane: TimelineLane; children: ReactNode }) {
  const timeline = usePreferenceStore((state) => state.timeline);
  const setTimeline = usePreferenceStore((state) => state.setTimeline);
  const [draggedPx, setDraggedPx] = useState<number>();
  const id = useId();
  const { name, look } = laneKinds[lane];
  const heightPx = draggedPx ?? lookOf(timeline, lane).heightPx;
  // Set on the element, because the charts read it in their style sheets and React's style type has no custom
  // properties.
  const setHeight = useCallback(
    (element: HTMLDivElement | null) => element?.style.setProperty('--lane-height', `${heightPx}px`),
    [heightPx],
  );
  const choose = (chosenPx: number): void => {
    setDraggedPx(undefined);
    void setTimeline(withLook(timeline, lane, { heightPx: chosenPx }));
  };
  return (
    <div ref={setHeight} id={id} data-lane={lane}>
      {children}
      <ResizeHandle
        label={`Height of ${name}`}
        controls={id}
        heightPx={heightPx}
        leastPx={laneHeightPx.least}
        mostPx={laneHeightPx.most}
        onMove={setDraggedPx}
        onEnd={choose}
        onReset={() => choose(look.heightPx)}
      />
    </div>
  );
}

/** Shows and hides the lanes of a run. */
export function LaneMenu({ lanes }: { lanes: readonly TimelineLane[] }) {
  const timeline = usePreferenceStore((state) => state.timeline);
  const setTimeline = usePreferenceStore((state) => state.setTimeline);
  return (
    <Menu
      label="Lanes"
      size="small"
      entries={[
        ...lanes.map((lane) => {
          const { isShown } = lookOf(timeline, lane);
          return {
            label: laneKinds[lane].name,
            isChecked: isShown,
            onToggle: () => void setTimeline(withLook(timeline, lane, { isShown: !isShown })),
          };
        }),
        {
          label: 'Reset lanes',
          isDisabled: Object.keys(timeline).length === 0,
          onSelect: () => void setTimeline({}),
        },
      ]}
    />
  );
}

interface TimelineLanesProps extends Pick<RunView, 'intervals' | 'warmup' | 'heat'> {
  run: RunDescription;
  moments: readonly MomentMark[];
  /** Whether the run is in progress. */
  moving: boolean;
}

/**
 * The charts of a run, stacked on one axis with a shared cursor and zoom. The user chooses the lanes and their height.
 */
export function TimelineLanes({ run, intervals, warmup, heat, moments, moving }: TimelineLanesProps) {
  const timeline = usePreferenceStore((state) => state.timeline);
  const { scenario } = run;
  const data = useMemo(() => ({ scenario, intervals, warmup, moments }), [scenario, intervals, warmup, moments]);
  const startS = Math.min(0, warmup[0]?.t ?? 0);
  const heatData = useMemo(
    () => ({ heat, startS, endS: shownSeconds(scenario, intervals), moments }),
    [scenario, intervals, heat, startS, moments],
  );
  const lanes = useMemo(() => lanesOf(run, { intervals, heat }), [run, intervals, heat]);
  const shown = lanes.filter((lane) => lookOf(timeline, lane).isShown);
  return (
    <div className={styles.timeline}>
      {shown.length === 0 && <p className={styles.none}>All lanes are hidden. Choose some under Lanes.</p>}
      {shown.map((lane) => (
        <Lane key={lane} lane={lane}>
          {lane === 'heatmap' ? (
            <ScheduledChart chart={RunHeatmap} data={heatData} moving={moving} />
          ) : (
            <ScheduledChart chart={charts[lane]} data={data} moving={moving} />
          )}
        </Lane>
      ))}
    </div>
  );
}
