import type { NamedRowUse } from './journeyData';

/** Joins the row use of all load processes by data file. Some of them may have read a file to its end, or none. */
export function joinRowUse(all: readonly NamedRowUse[]): NamedRowUse[] {
  const joined = new Map<string, NamedRowUse>();
  for (const use of all) {
    const known = joined.get(use.name);
    joined.set(
      use.name,
      known
        ? {
            name: use.name,
            rows: known.rows ?? use.rows,
            used: known.used + use.used,
            wraps: known.wraps + use.wraps,
            isExhausted: known.isExhausted || use.isExhausted,
            hasChanged: known.hasChanged || use.hasChanged,
            waits: known.waits + use.waits,
          }
        : use,
    );
  }
  return [...joined.values()];
}
