import { formatNumber } from '../../../shared/units/format';

/** A tick of an axis of differences, at a fraction of its width. */
interface DifferenceTick {
  at: number;
  label: string;
}

/** An axis of ratios with "no difference" in its middle. */
export interface DifferenceScale {
  ticks: readonly DifferenceTick[];
  /** The position of a ratio, from 0 to 1. Ratios beyond the axis are at its end. */
  at(ratio: number): number;
}

/** Up to a half, the axis shows per cent. */
const percentReaches = [2, 5, 10, 20, 50] as const;
/**
 * Beyond that, it shows factors on a logarithmic axis, so that a half and the double are equally far from the middle.
 */
const factorReaches = [2, 4, 10, 100, 1_000] as const;

interface Known {
  ratio: number | null;
  low: number | null;
  high: number | null;
}

function clamped(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function percentScale(reach: number): DifferenceScale {
  const at = (ratio: number): number => clamped(0.5 + ((ratio - 1) * 100) / (2 * reach));
  return {
    at,
    ticks: [-reach, -reach / 2, 0, reach / 2, reach].map((percent) => ({
      at: at(1 + percent / 100),
      label:
        percent === 0
          ? '0'
          : `${percent < 0 ? '-' : '+'}${formatNumber(Math.abs(percent), percent % 1 === 0 ? 0 : 1)} %`,
    })),
  };
}

function factorScale(reach: number): DifferenceScale {
  const at = (ratio: number): number => clamped(0.5 + Math.log(ratio) / (2 * Math.log(reach)));
  const middle = Math.sqrt(reach);
  const digits = Number.isInteger(middle) || middle > 10 ? 0 : 1;
  return {
    at,
    ticks: [
      { at: 0, label: `÷ ${formatNumber(reach)}` },
      { at: 0.25, label: `÷ ${formatNumber(middle, digits)}` },
      { at: 0.5, label: '× 1' },
      { at: 0.75, label: `× ${formatNumber(middle, digits)}` },
      { at: 1, label: `× ${formatNumber(reach)}` },
    ],
  };
}

/** The shortest axis on which all differences fit. */
export function differenceScale(differences: readonly Known[]): DifferenceScale {
  const known = differences
    .flatMap(({ ratio, low, high }) => [ratio, low, high])
    .filter((value) => value !== null)
    .filter((value) => value > 0 && Number.isFinite(value));
  const percent = Math.max(0, ...known.map((value) => Math.abs(value - 1) * 100));
  const percentReach = percentReaches.find((reach) => percent <= reach);
  if (percentReach !== undefined) return percentScale(percentReach);
  const factor = Math.max(...known.map((value) => Math.max(value, 1 / value)));
  return factorScale(factorReaches.find((reach) => factor <= reach) ?? 1_000);
}
