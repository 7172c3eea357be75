import { createContext, type ReactNode, type RefObject, useRef } from 'react';
import { useValueInTurn } from './turns';

/** The figure of the chart that is shown in turn. */
export const FigureInTurn = createContext<RefObject<HTMLElement | null> | undefined>(undefined);

interface InTurnProps<Data> {
  data: Data;
  /** Whether there will be other data soon. */
  moving: boolean;
  /** One chart, that is there from the start. */
  children(data: Data): ReactNode;
}

/** Shows other data in a chart when it is its turn: of all in sight one in each frame, and of the rest when it stays. */
export function InTurn<Data extends object>({ data, moving, children }: InTurnProps<Data>) {
  const figure = useRef<HTMLElement>(null);
  const shown = useValueInTurn(figure, data, moving);
  return <FigureInTurn value={figure}>{children(shown)}</FigureInTurn>;
}
