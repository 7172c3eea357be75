import { type MetricKind, metricKinds } from './parse';
import type { ThresholdEntry } from './rules';

/** A threshold as a row of a form: a condition on a metric, and what happens when it fails. */
export interface ThresholdRow {
  metric: string;
  statistic: string;
  operator: string;
  /** The text that the user typed. */
  value: string;
  abortOnFail: boolean;
  delayAbortEval: string;
}

export const rowOperators = ['<', '<=', '>', '>='] as const;

/** The statistics that each kind of metric offers. */
export const rowStatistics: Record<MetricKind, readonly string[]> = {
  trend: ['p(50)', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)', 'avg', 'max', 'min', 'growth(p(95))', 'growth(p(99))'],
  rate: ['rate'],
  counter: ['count', 'rate'],
  gauge: ['growth'],
};

const pattern =
  /^\s*(p\(\s*\d+(?:\.\d+)?\s*\)|avg|min|max|med|count|rate|seconds\(.+\)|growth(?:\(\s*p\(\s*\d+(?:\.\d+)?\s*\)\s*\))?)\s*(<=|>=|===|==|!=|<|>)\s*(.+?)\s*$/;

/** Returns the kind of a metric, with or without a sub-metric; a trend when it is unknown. */
export function kindOf(metric: string): MetricKind {
  const name = metric.replace(/\{.*$/, '');
  const found = Object.entries(metricKinds).find(([known]) => known === name);
  return found?.[1] ?? 'trend';
}

/** Returns the thresholds of a draft as rows. A threshold that no row can represent becomes the value as a whole. */
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

/** Returns rows as the thresholds of a scenario file. */
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
