/** The columns of a plot: the seconds, then the values of each line. */
type Columns = readonly ArrayLike<number | null | undefined>[];

interface Limited {
  lines: readonly { key: string }[];
  /** The value that a line must not exceed, by the key of the line. */
  limits: readonly { value: number; lineKey: string }[];
  /** The start of the measured part. Limits do not apply before it. */
  measuredFromS: number;
}

/**
 * The ranges of measured seconds in which at least one line is above its limit, in order. Seconds that follow each other
 * are one range, whichever of the limits they break.
 */
export function breachesOf(
  [seconds = [], ...values]: Columns,
  { lines, limits, measuredFromS }: Limited,
): [fromS: number, toS: number][] {
  const limited = limits.flatMap(({ value, lineKey }) => {
    const line = values[lines.findIndex(({ key }) => key === lineKey)];
    return line ? [{ line, value }] : [];
  });
  const breaches: [number, number][] = [];
  Array.from(seconds).forEach((second, index) => {
    if (
      typeof second !== 'number' ||
      second <= measuredFromS ||
      !limited.some(({ line, value }) => (line[index] ?? 0) > value)
    )
      return;
    const from = seconds[index - 1] ?? second - 1;
    const before = breaches.at(-1);
    if (before?.[1] === from) before[1] = second;
    else breaches.push([from, second]);
  });
  return breaches;
}
