import { createContext, type ReactNode, type RefObject, useRef } from 'react';
import { useValueInTurn } from './turns';

/** The figure of the chart that is shown in turn. */
export const FigureInTurn = createContext<RefObject<HTMLElement | null> | undefined>(undefined);

interface InTurnProps<Data> {
  data: Data;
  /** One chart, that is there from the start. */
  children(data: Data): ReactNode;
}

/** Shows other data in a chart when it is its turn: of all in sight one in each frame, out of sight none. */
export function InTurn<Data extends object>({ data, children }: InTurnProps<Data>) {
  const figure = useRef<HTMLElement>(null);
  const shown = useValueInTurn(figure, data);
  return <FigureInTurn value={figure}>{children(shown)}</FigureInTurn>;
}
