/**
 * Rounds a measured time in ms, memory in MB or share to a number of decimals. More decimals are noise, and they took
 * half of the space of a second in the history.
 */
export function rounded(value: number, digits: 3 | 5): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

/** Rounds a figure that may not be known, as {@link rounded} does. */
export function roundedIfKnown(value: number | null, digits: 3 | 5): number | null {
  return value === null ? null : rounded(value, digits);
}

/** Rounds each figure of a record, as {@link rounded} does. */
export function roundedEach(values: Readonly<Record<string, number>>, digits: 3 | 5): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value, digits)]));
}
