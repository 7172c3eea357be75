import { formatNumber } from '../units/format';

/** Ends of an axis that divide into round steps: the factor of a power of ten, and the number of steps. */
const ends: readonly (readonly [factor: number, steps: number])[] = [
  [1, 4],
  [1.5, 3],
  [2, 4],
  [2.5, 5],
  [3, 3],
  [4, 4],
  [5, 5],
  [6, 3],
  [8, 4],
  [10, 5],
];

function endOf(top: number): { end: number; steps: number } {
  const magnitude = 10 ** Math.floor(Math.log10(top));
  const [factor, steps] = ends.find(([candidate]) => candidate * magnitude >= top * (1 - 1e-9)) ?? [10, 5];
  return { end: factor * magnitude, steps };
}

/** Returns a value slightly above `most`, so that a line does not run along the edge; 1 for an empty chart. */
export function roomAbove(most: number): number {
  return most > 0 ? most * 1.05 : 1;
}

/** Returns the ticks of an axis from 0 to the first round value at or above `top`. */
export function axisTicks(top: number): number[] {
  const { end, steps } = endOf(top);
  return Array.from({ length: steps + 1 }, (_, step) => (end / steps) * step);
}

/** Formats a tick of a latency axis, as short as possible without rounding a round value: `1.25 s`. */
export function latencyTick(valueMs: number): string {
  const digits = valueMs % 1_000 === 0 ? 0 : valueMs % 100 === 0 ? 1 : 2;
  if (valueMs >= 1_000) return `${formatNumber(valueMs / 1_000, digits)} s`;
  return `${formatNumber(valueMs, valueMs > 0 && valueMs < 1 ? 2 : 0)} ms`;
}

/** Formats a tick of an axis of fractions as a percentage, as short as possible. */
export function shareTick(fraction: number): string {
  const percent = Math.round(fraction * 1e6) / 1e4;
  return `${formatNumber(percent, String(percent).split('.')[1]?.length ?? 0)} %`;
}

/** Returns the powers of ten around positive values, for a logarithmic axis. */
export function logTicks(least: number, most: number): number[] {
  const from = Math.floor(Math.log10(least) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(Math.log10(most) - 1e-9));
  return Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));
}

/** The round values of a decade, from the fewest to the most. */
const roundFactors = [[1], [1, 3], [1, 2, 5]] as const;
const leastTicks = 3;

/**
 * Returns round values between positive ends, for a logarithmic axis that begins and ends anywhere: powers of ten, and
 * values between them where there are fewer than three. The ends where no round value lies between them.
 */
export function logTicksWithin(least: number, most: number): number[] {
  const decades = logTicks(least, most);
  const within = roundFactors.map((factors) =>
    decades
      .flatMap((decade) => factors.map((factor) => decade * factor))
      .filter((tick) => tick >= least * (1 - 1e-9) && tick <= most * (1 + 1e-9)),
  );
  const ticks = within.find(({ length }) => length >= leastTicks) ?? within.at(-1) ?? [];
  return ticks.length > 0 ? ticks : [least, most];
}

/**
 * Returns the position of a value on a logarithmic axis, from 0 to 1. Values outside are at an end. `ticks` are in order,
 * and the first and the last are the ends of the axis.
 */
export function placeOn(ticks: readonly number[], value: number): number {
  const [from, to] = [Math.log(ticks[0] ?? 1), Math.log(ticks.at(-1) ?? 10)];
  if (value <= 0) return 0;
  return Math.min(1, Math.max(0, (Math.log(value) - from) / (to - from)));
}

/** Lines with this ratio or more cannot be read on one linear axis. */
const farApart = 20;

/** Whether a linear axis would show some of the lines as its zero line, judged by their greatest values. */
export function areFarApart(greatest: readonly number[]): boolean {
  const some = greatest.filter((value) => value > 0);
  return some.length > 1 && Math.max(...some) / Math.min(...some) >= farApart;
}

/** How an axis of values is to be drawn. */
export interface LineAxisOptions {
  /** The axis ends here, whatever the data. */
  fixedTop?: number | undefined;
  /** Whether the axis can be logarithmic when the lines are far apart. */
  canBeLog?: boolean | undefined;
}

/**
 * Returns the axis that several lines share: linear from 0, or logarithmic where a linear axis would flatten a line that
 * is much lower than another. Null is a gap.
 */
export function lineAxis(
  lines: readonly (readonly (readonly [x: number, y: number | null])[])[],
  { fixedTop, canBeLog = false }: LineAxisOptions,
): { scale: 'linear' | 'log'; ticks: number[] } {
  const values = lines.map((points) => points.flatMap(([, y]) => (y !== null && y > 0 ? [y] : [])));
  const greatest = values.map((line) => Math.max(0, ...line));
  if (canBeLog && areFarApart(greatest))
    return { scale: 'log', ticks: logTicks(Math.min(...values.flat()), Math.max(...greatest)) };
  return { scale: 'linear', ticks: axisTicks(fixedTop ?? roomAbove(Math.max(0, ...greatest))) };
}
