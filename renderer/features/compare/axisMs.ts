import { formatNumber } from '../../../shared/units/format';

/** A tick of a latency axis, as short as possible. */
export function axisMs(valueMs: number): string {
  if (valueMs >= 1_000) return `${formatNumber(valueMs / 1_000, valueMs % 1_000 === 0 ? 0 : 1)} s`;
  return `${formatNumber(valueMs, valueMs > 0 && valueMs < 1 ? 2 : 0)} ms`;
}
