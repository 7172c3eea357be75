import { memo, useMemo } from 'react';
import { type HeatSecond, heatColumns } from '../../../shared/run/heat';
import { useTimeViewStore } from '../../store/timeViewStore';
import { Heatmap } from './Heatmap';

/** How the latencies of a run are distributed over its time, in the stretch that the charts show. */
export const RunHeatmap = memo(function RunHeatmap({ heat, endS }: { heat: readonly HeatSecond[]; endS: number }) {
  const zoom = useTimeViewStore((state) => state.zoom);
  const from = Math.max(0, Math.floor(zoom?.from ?? 0));
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
    />
  );
});
