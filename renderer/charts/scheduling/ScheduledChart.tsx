import { type ComponentType, createContext, type RefObject, useRef } from 'react';
import { useScheduledValue } from './useScheduled';

/** The figure of the chart that is shown in turn. */
export const ScheduledFigure = createContext<RefObject<HTMLElement | null> | undefined>(undefined);

interface ScheduledChartProps<Data> {
  /** It has its figure from the start, whatever the data. */
  chart: ComponentType<Data>;
  data: Data;
  /** Whether there will be other data soon. */
  moving: boolean;
}

/** Shows other data in a chart when it is its turn: of all in sight one in each frame, and of the rest when it stays. */
export function ScheduledChart<Data extends object>({ chart: Chart, data, moving }: ScheduledChartProps<Data>) {
  const figure = useRef<HTMLElement>(null);
  const shown = useScheduledValue(figure, data, moving);
  return (
    <ScheduledFigure value={figure}>
      <Chart {...shown} />
    </ScheduledFigure>
  );
}
