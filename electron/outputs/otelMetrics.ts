import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type ExponentialHistogram,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { classicBoundsS, classicCounts, exponentialBuckets } from './distributions';
import type { Exemplar } from './exemplars';
import type { HistogramPoint, Labels, MetricFamily } from './metricFamilies';

/** The period that cumulative points cover, in ms since 1970. */
export interface PointTime {
  startMs: number;
  endMs: number;
}

/** How metrics are named, and which attributes their points have. */
export interface MetricStyle {
  /** The name of a metric; undefined leaves it out. */
  nameOf(family: MetricFamily): string | undefined;
  /** The unit in the notation of the receiver. */
  unitOf(family: MetricFamily): string;
  attributesOf(labels: Labels, family: MetricFamily): Attributes;
  histograms: 'classic' | 'exponential';
}

/** A point of a distribution with requests that stand for it. The points of the SDK have no place for them. */
export class ExemplifiedPoint<Value> implements DataPoint<Value> {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly attributes: Attributes;
  readonly value: Value;
  readonly exemplars: readonly Exemplar[];

  constructor({ startTime, endTime, attributes, value }: DataPoint<Value>, exemplars: readonly Exemplar[]) {
    this.startTime = startTime;
    this.endTime = endTime;
    this.attributes = attributes;
    this.value = value;
    this.exemplars = exemplars;
  }
}

function hrTime(timeMs: number): HrTime {
  const seconds = Math.floor(timeMs / 1_000);
  return [seconds, Math.round((timeMs - seconds * 1_000) * 1e6)];
}

/** The figures that both kinds of histograms have besides their buckets. Times are in seconds. */
function totalsOf(histogram: LatencyHistogram): { count: number; sum: number; min: number; max: number } {
  const { count, sumUs, minUs, maxUs } = histogram;
  return { count, sum: sumUs / 1e6, min: minUs / 1e6, max: maxUs / 1e6 };
}

function classic(histogram: LatencyHistogram): Histogram {
  return { ...totalsOf(histogram), buckets: { boundaries: [...classicBoundsS], counts: classicCounts(histogram) } };
}

function exponential(histogram: LatencyHistogram): ExponentialHistogram {
  const { scale, offset, bucketCounts, zeroCount } = exponentialBuckets(histogram);
  const negative = { offset: 0, bucketCounts: [] };
  return { ...totalsOf(histogram), scale, zeroCount, positive: { offset, bucketCounts }, negative };
}

function metricData(family: MetricFamily, name: string, style: MetricStyle, time: PointTime): MetricData {
  const [startTime, endTime] = [hrTime(time.startMs), hrTime(time.endMs)];
  const descriptor = {
    name,
    description: family.help,
    unit: style.unitOf(family),
    valueType: ValueType.DOUBLE,
  };
  const base = { descriptor, aggregationTemporality: AggregationTemporality.CUMULATIVE };
  const pointOf = <Value>(labels: Labels, value: Value): DataPoint<Value> => ({
    startTime,
    endTime,
    attributes: style.attributesOf(labels, family),
    value,
  });
  switch (family.kind) {
    case 'histogram': {
      const points = <Value>(of: (histogram: LatencyHistogram) => Value): DataPoint<Value>[] =>
        family.points.map(
          ({ labels, histogram, exemplars = [] }: HistogramPoint) =>
            new ExemplifiedPoint(pointOf(labels, of(histogram)), exemplars),
        );
      return style.histograms === 'classic'
        ? { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints: points(classic) }
        : { ...base, dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM, dataPoints: points(exponential) };
    }
    case 'gauge':
      return {
        ...base,
        dataPointType: DataPointType.GAUGE,
        dataPoints: family.points.map(({ labels, value }) => pointOf(labels, value)),
      };
    case 'counter':
    case 'up-down':
      return {
        ...base,
        dataPointType: DataPointType.SUM,
        isMonotonic: family.kind === 'counter',
        dataPoints: family.points.map(({ labels, value }) => pointOf(labels, value)),
      };
  }
}

/** The source of the metrics. */
export interface MetricSource {
  /** The version of Proofload. */
  version: string;
  attributes: Attributes;
}

/**
 * Metrics in the form that the OpenTelemetry SDK passes to its exporters: pre-aggregated and cumulative since the
 * start.
 */
export function resourceMetrics(
  families: readonly MetricFamily[],
  style: MetricStyle,
  time: PointTime,
  { version, attributes }: MetricSource,
): ResourceMetrics {
  const resource: Resource = resourceFromAttributes(attributes);
  const metrics = families.flatMap((family) => {
    const name = style.nameOf(family);
    return name === undefined ? [] : [metricData(family, name, style, time)];
  });
  return { resource, scopeMetrics: [{ scope: { name: 'proofload', version }, metrics }] };
}
