import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import { z } from 'zod';

const seriesSchema = z.object({
  name: z.string(),
  metrics: z.array(z.object({ labels: z.record(z.string(), z.string()).default({}), value: z.coerce.number() })),
});

type Labels = Readonly<Record<string, string>>;

/**
 * Metrics in the text format of Prometheus, as a parser of others reads them. It takes all points of a histogram for
 * one, whatever their labels: its series are read each by itself, as Prometheus stores them.
 */
export class PrometheusMetrics {
  readonly #series: readonly z.infer<typeof seriesSchema>[];

  /** Throws what the parser throws. */
  constructor(text: string) {
    const untyped = text.replace(/^# TYPE \S+ histogram\n/gm, '');
    this.#series = z.array(seriesSchema).parse(parsePrometheusTextFormat(untyped));
  }

  /** The names of all series. */
  get names(): string[] {
    return this.#series.filter(({ metrics }) => metrics.length > 0).map(({ name }) => name);
  }

  /** The value with these labels, among others; undefined without one. */
  value(name: string, labels: Labels = {}): number | undefined {
    return this.#points(name, labels)[0]?.value;
  }

  /** The sum over all points of a name that have these labels. */
  sum(name: string, labels: Labels = {}): number {
    return this.#points(name, labels).reduce((sum, { value }) => sum + value, 0);
  }

  /** The histogram with these labels, its buckets as Prometheus adds them up. */
  histogram(
    name: string,
    labels: Labels = {},
  ): { count: number | undefined; sum: number | undefined; buckets: Readonly<Record<string, number>> } {
    const buckets = this.#points(`${name}_bucket`, labels).map(
      ({ labels: { le = '' }, value }) => [le, value] as const,
    );
    return {
      count: this.value(`${name}_count`, labels),
      sum: this.value(`${name}_sum`, labels),
      buckets: Object.fromEntries(buckets),
    };
  }

  /** The labels of all points of a name. */
  labels(name: string): Labels[] {
    return this.#points(name, {}).map(({ labels }) => labels);
  }

  #points(name: string, labels: Labels): { labels: Labels; value: number }[] {
    const series = this.#series.filter((one) => one.name === name).flatMap(({ metrics }) => metrics);
    return series.filter((point) => Object.entries(labels).every(([label, value]) => point.labels[label] === value));
  }
}
