/** Combines several numbers into one. */
export type Fold = (values: readonly number[]) => number;

/** Folds records by name. A missing value counts as 0. */
export function foldNames(records: readonly Readonly<Record<string, number>>[], fold: Fold): Record<string, number> {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  return Object.fromEntries([...names].map((name) => [name, fold(records.map((record) => record[name] ?? 0))]));
}
