import { memo, useMemo } from 'react';
import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import { type HeatSecond, heatColumns } from '../../../shared/run/heat';
import { useTimeViewStore } from '../../store/timeViewStore';
import { Heatmap } from './Heatmap';
import { TimeOverlay } from './TimeOverlay';

interface RunHeatmapProps {
  heat: readonly HeatSecond[];
  /** The start of the run's charts. It is below 0 when they show the warm-up, which the heatmap does not have. */
  startS: number;
  endS: number;
  moments: readonly MomentMark[];
}

/** The distribution of a run's latencies over time, for the range that the charts show. */
export const RunHeatmap = memo(function RunHeatmap({ heat, startS, endS, moments }: RunHeatmapProps) {
  const zoom = useTimeViewStore((state) => state.zoom);
  const from = Math.floor(zoom?.from ?? startS);
  const to = Math.max(from + 1, Math.ceil(zoom?.to ?? endS));
  const { columns, binsMs, columnS } = useMemo(() => heatColumns(heat, from, to), [heat, from, to]);
  return (
    <Heatmap
      name="Heatmap"
      title="Latency over time"
      columns={columns}
      binsMs={binsMs}
      columnS={columnS}
      width={columns.length}
      fromS={from}
    >
      <TimeOverlay range={[from, from + columns.length * columnS]} moments={moments} />
    </Heatmap>
  );
});
