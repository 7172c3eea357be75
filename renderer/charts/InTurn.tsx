import { type ComponentType, createContext, type RefObject, useRef } from 'react';
import { useValueInTurn } from './turns';

/** The figure of the chart that is shown in turn. */
export const FigureInTurn = createContext<RefObject<HTMLElement | null> | undefined>(undefined);

interface InTurnProps<Data> {
  /** It has its figure from the start, whatever the data. */
  chart: ComponentType<Data>;
  data: Data;
  /** Whether there will be other data soon. */
  moving: boolean;
}

/** Shows other data in a chart when it is its turn: of all in sight one in each frame, and of the rest when it stays. */
export function InTurn<Data extends object>({ chart: Chart, data, moving }: InTurnProps<Data>) {
  const figure = useRef<HTMLElement>(null);
  const shown = useValueInTurn(figure, data, moving);
  return (
    <FigureInTurn value={figure}>
      <Chart {...shown} />
    </FigureInTurn>
  );
}
