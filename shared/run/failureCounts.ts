/** Failed requests by kind. */
export type FailureCounts = Record<string, number>;

/** Adds counts to totals with the same names. */
export function addCounts(totals: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + count;
}

/** Adds the failures of each part of a run to the totals of the same part. */
export function addCountsByPart(
  totals: Record<string, FailureCounts>,
  counts: Readonly<Record<string, FailureCounts>>,
): void {
  for (const [part, kinds] of Object.entries(counts)) {
    const known = totals[part] ?? {};
    totals[part] = known;
    addCounts(known, kinds);
  }
}

/** Returns the sum of all counts. */
export function sumOfCounts(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
