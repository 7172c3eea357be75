import { z } from 'zod';

/*
 * Metrics in OTLP's JSON, as the file exporter of the OpenTelemetry Collector writes them: one line for each batch that
 * it received (opentelemetry-collector-contrib, exporter/fileexporter, format `json`). Whole numbers of 64 bits are
 * texts, and fields with their default value may be missing (opentelemetry.io/docs/specs/otlp, "JSON Protobuf
 * Encoding"). Times are in ns since 1970.
 */

/** The aggregation temporality of a sum of what is new since the last export (AGGREGATION_TEMPORALITY_DELTA). */
const delta = 1;

const wholeNumber = z.union([z.number(), z.string().regex(/^-?\d+$/)]).transform(Number);
const momentMs = z.union([z.number(), z.string().regex(/^\d+$/)]).transform((ns) => Number(ns) / 1e6);
/** Only texts are read, because tags of k6 are texts. */
const attributes = z
  .array(z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }) }))
  .default([])
  .transform((list): Readonly<Record<string, string>> => {
    return Object.fromEntries(list.map(({ key, value }) => [key, value.stringValue ?? '']));
  });

const point = z.object({ attributes, startTimeUnixNano: momentMs.optional(), timeUnixNano: momentMs });
const numberPoint = point.extend({ asInt: wholeNumber.optional(), asDouble: z.number().optional() });
const exponentialPoint = point.extend({
  count: wholeNumber,
  scale: z.int().default(0),
  zeroCount: wholeNumber.default(0),
  positive: z
    .object({ offset: z.int().default(0), bucketCounts: z.array(wholeNumber).default([]) })
    .default({ offset: 0, bucketCounts: [] }),
  min: z.number().optional(),
  max: z.number().optional(),
});
export type NumberPoint = z.infer<typeof numberPoint>;
export type ExponentialPoint = z.infer<typeof exponentialPoint>;

const metricSchema = z.object({
  name: z.string(),
  gauge: z.object({ dataPoints: z.array(numberPoint) }).optional(),
  sum: z.object({ dataPoints: z.array(numberPoint), aggregationTemporality: z.literal(delta) }).optional(),
  exponentialHistogram: z
    .object({ dataPoints: z.array(exponentialPoint), aggregationTemporality: z.literal(delta) })
    .optional(),
  /** With buckets of its own, which are too wide to judge by: runners are told to send the other kind. */
  histogram: z.undefined().optional(),
});
export type OtlpMetric = z.infer<typeof metricSchema>;

/** A batch of metrics. Parsing fails for cumulative sums and for histograms with explicit buckets. */
export const otlpBatchSchema = z.object({
  resourceMetrics: z.array(z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(metricSchema) })) })),
});
