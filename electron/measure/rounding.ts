/**
 * A measured time in ms, memory in MB or share with so many decimals: what is beyond is noise, and took half of the space
 * of a second in the history.
 */
export function rounded(value: number, digits: 3 | 5): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

/** The same of a figure that may not be known. */
export function roundedIfKnown(value: number | null, digits: 3 | 5): number | null {
  return value === null ? null : rounded(value, digits);
}

/** The same of each figure of a record. */
export function roundedEach(values: Readonly<Record<string, number>>, digits: 3 | 5): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value, digits)]));
}
