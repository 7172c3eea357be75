import { type MetricKind, metricKinds } from './parse';
import type { ThresholdEntry } from './rules';

/** A threshold as a row of a form: what is said of a metric, and what happens when it fails. */
export interface ThresholdRow {
  metric: string;
  statistic: string;
  operator: string;
  /** As it is typed. */
  value: string;
  abortOnFail: boolean;
  delayAbortEval: string;
}

export const rowOperators = ['<', '<=', '>', '>='] as const;

/** What can be asked of each kind of metric. */
export const rowStatistics: Record<MetricKind, readonly string[]> = {
  trend: ['p(50)', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)', 'avg', 'max', 'min', 'growth(p(95))', 'growth(p(99))'],
  rate: ['rate'],
  counter: ['count', 'rate'],
  gauge: ['growth'],
};

const pattern =
  /^\s*(p\(\s*\d+(?:\.\d+)?\s*\)|avg|min|max|med|count|rate|seconds\(.+\)|growth(?:\(\s*p\(\s*\d+(?:\.\d+)?\s*\)\s*\))?)\s*(<=|>=|===|==|!=|<|>)\s*(.+?)\s*$/;

/** The kind of a metric, with or without a sub-metric; a trend when it is not known. */
export function kindOf(metric: string): MetricKind {
  const name = metric.replace(/\{.*$/, '');
  const found = Object.entries(metricKinds).find(([known]) => known === name);
  return found?.[1] ?? 'trend';
}

/** The thresholds of a draft as rows. What no row can show is kept whole as its value. */
export function rowsOf(thresholds: unknown): ThresholdRow[] {
  if (typeof thresholds !== 'object' || thresholds === null) return [];
  return Object.entries(thresholds).flatMap(([metric, entries]) =>
    (Array.isArray(entries) ? entries : []).map((entry: unknown): ThresholdRow => {
      const isObject = typeof entry === 'object' && entry !== null;
      const text = isObject && 'threshold' in entry ? String(entry.threshold) : String(entry);
      const [, statistic = '', operator = '', value = text] = pattern.exec(text) ?? [];
      return {
        metric,
        statistic: statistic.replace(/\s+/g, ''),
        operator,
        value,
        abortOnFail: isObject && 'abortOnFail' in entry && entry.abortOnFail === true,
        delayAbortEval: isObject && 'delayAbortEval' in entry ? String(entry.delayAbortEval) : '0s',
      };
    }),
  );
}

/** Rows as the thresholds of a scenario file. */
export function thresholdsOf(rows: readonly ThresholdRow[]): Record<string, ThresholdEntry[]> {
  const thresholds: Record<string, ThresholdEntry[]> = {};
  for (const { metric, statistic, operator, value, abortOnFail, delayAbortEval } of rows) {
    const threshold = `${statistic}${operator}${value}`;
    const entries = thresholds[metric] ?? [];
    thresholds[metric] = entries;
    entries.push(abortOnFail ? { threshold, abortOnFail, delayAbortEval } : threshold);
  }
  return thresholds;
}
