import { type ComponentType, createContext, type RefObject, useRef } from 'react';
import { useScheduledValue } from './useScheduled';

/** The figure of the scheduled chart. */
export const ScheduledFigure = createContext<RefObject<HTMLElement | null> | undefined>(undefined);

interface ScheduledChartProps<Data> {
  /** It must have its figure from the start, whatever the data. */
  chart: ComponentType<Data>;
  data: Data;
  /** Whether the data will change soon. */
  moving: boolean;
}

/**
 * Updates a chart with new data when the scheduler allows it. Only one visible chart is updated in each frame. An
 * invisible chart is updated when its data no longer change.
 */
export function ScheduledChart<Data extends object>({ chart: Chart, data, moving }: ScheduledChartProps<Data>) {
  const figure = useRef<HTMLElement>(null);
  const shown = useScheduledValue(figure, data, moving);
  return (
    <ScheduledFigure value={figure}>
      <Chart {...shown} />
    </ScheduledFigure>
  );
}
