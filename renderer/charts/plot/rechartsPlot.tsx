/* Shared parts of the charts that Recharts draws. A screen loads it on demand, because it is half of all code. */
import type { ReactNode } from 'react';
import { ResponsiveContainer } from 'recharts';

/** The style of all axes. */
export const axisStyle = { stroke: 'var(--text-quiet)', tickLine: false } as const;
/** The style of all value axes. */
export const valueAxisStyle = { ...axisStyle, width: 72, axisLine: false } as const;
export const chartMargin = { top: 8, right: 16, bottom: 0, left: 0 } as const;
export const tooltipStyle = {
  background: 'var(--surface-raised)',
  border: '1px solid var(--line)',
  color: 'var(--text)',
} as const;

/** Gives a Recharts chart the size of its frame. */
export function Plot({ children }: { children: ReactNode }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      {children}
    </ResponsiveContainer>
  );
}
