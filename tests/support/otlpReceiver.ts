import { createServer } from 'node:http';
import protobuf from 'protobufjs';
import { z } from 'zod';

/*
 * The messages of OTLP that metrics need (opentelemetry-proto 1.x: collector/metrics/v1, metrics/v1, resource/v1,
 * common/v1), with their numbers on the wire: read independently of what the SDK writes them with.
 */
const messages = `
syntax = "proto3";
message ExportMetricsServiceRequest { repeated ResourceMetrics resource_metrics = 1; }
message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
message Resource { repeated KeyValue attributes = 1; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
message ScopeMetrics { InstrumentationScope scope = 1; repeated Metric metrics = 2; }
message InstrumentationScope { string name = 1; string version = 2; }
message Metric {
  string name = 1;
  string description = 2;
  string unit = 3;
  oneof data { Gauge gauge = 5; Sum sum = 7; ExponentialHistogram exponential_histogram = 10; }
}
message Gauge { repeated NumberDataPoint data_points = 1; }
message Sum { repeated NumberDataPoint data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3; }
message ExponentialHistogram { repeated ExponentialHistogramDataPoint data_points = 1; int32 aggregation_temporality = 2; }
message NumberDataPoint {
  fixed64 start_time_unix_nano = 2;
  fixed64 time_unix_nano = 3;
  oneof value { double as_double = 4; sfixed64 as_int = 6; }
  repeated KeyValue attributes = 7;
}
message Exemplar {
  fixed64 time_unix_nano = 2;
  double as_double = 3;
  bytes span_id = 4;
  bytes trace_id = 5;
}
message ExponentialHistogramDataPoint {
  message Buckets { sint32 offset = 1; repeated uint64 bucket_counts = 2; }
  repeated KeyValue attributes = 1;
  fixed64 start_time_unix_nano = 2;
  fixed64 time_unix_nano = 3;
  fixed64 count = 4;
  optional double sum = 5;
  sint32 scale = 6;
  fixed64 zero_count = 7;
  Buckets positive = 8;
  Buckets negative = 9;
  repeated Exemplar exemplars = 11;
  optional double min = 12;
  optional double max = 13;
}
`;
const requestType = protobuf.parse(messages).root.lookupType('ExportMetricsServiceRequest');

const attributesSchema = z
  .array(
    z.object({
      key: z.string(),
      value: z.object({
        stringValue: z.string().optional(),
        intValue: z.number().optional(),
        doubleValue: z.number().optional(),
      }),
    }),
  )
  .default([])
  .transform((all) =>
    Object.fromEntries(
      all.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue ?? null] as const),
    ),
  );
const timesSchema = z.object({ attributes: attributesSchema, startTimeUnixNano: z.number(), timeUnixNano: z.number() });
const numberPointSchema = timesSchema.extend({ asDouble: z.number().optional(), asInt: z.number().optional() });
const bucketsSchema = z.object({ offset: z.number().default(0), bucketCounts: z.array(z.number()).default([]) });
const exemplarSchema = z.object({
  timeUnixNano: z.number(),
  asDouble: z.number(),
  traceId: z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString('hex')),
});
const histogramPointSchema = timesSchema.extend({
  count: z.number(),
  sum: z.number(),
  scale: z.number().default(0),
  zeroCount: z.number().default(0),
  positive: bucketsSchema.default({ offset: 0, bucketCounts: [] }),
  min: z.number(),
  max: z.number(),
  exemplars: z.array(exemplarSchema).default([]),
});
const metricSchema = z.object({
  name: z.string(),
  unit: z.string().default(''),
  gauge: z.object({ dataPoints: z.array(numberPointSchema) }).optional(),
  sum: z
    .object({
      dataPoints: z.array(numberPointSchema),
      aggregationTemporality: z.number(),
      isMonotonic: z.boolean().default(false),
    })
    .optional(),
  exponentialHistogram: z
    .object({ dataPoints: z.array(histogramPointSchema), aggregationTemporality: z.number() })
    .optional(),
});
const requestSchema = z.object({
  resourceMetrics: z.array(
    z.object({
      resource: z.object({ attributes: attributesSchema }),
      scopeMetrics: z.array(
        z.object({ scope: z.object({ name: z.string(), version: z.string() }), metrics: z.array(metricSchema) }),
      ),
    }),
  ),
});

export type ReceivedMetric = z.infer<typeof metricSchema>;
export type HistogramPoint = z.infer<typeof histogramPointSchema>;

/** What came with one request. */
export interface Delivery {
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  resource: Readonly<Record<string, string | number | null>>;
  metrics: readonly ReceivedMetric[];
}

/** Decodes a request of OTLP/HTTP in protobuf. */
function decoded(body: Buffer): Pick<Delivery, 'resource' | 'metrics'> {
  const message = requestType.toObject(requestType.decode(body), { longs: Number });
  const [first] = requestSchema.parse(message).resourceMetrics;
  if (!first) throw new Error('the request holds nothing');
  return { resource: first.resource.attributes, metrics: first.scopeMetrics.flatMap(({ metrics }) => metrics) };
}

/** A receiver of OTLP/HTTP metrics on a free port of loopback. */
export async function startOtlpReceiver(): Promise<{
  url: string;
  deliveries: Delivery[];
  /** How many requests were refused so far. */
  refused(): number;
  /** The status of the next responses; 200 unless it is set. */
  answerWith(status: number): void;
  close(): Promise<void>;
}> {
  const deliveries: Delivery[] = [];
  let answer = 200;
  let refused = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (answer === 200)
        deliveries.push({ path: request.url ?? '', headers: request.headers, ...decoded(Buffer.concat(chunks)) });
      else refused += 1;
      response.writeHead(answer, { 'Content-Type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    deliveries,
    refused: () => refused,
    answerWith: (status) => {
      answer = status;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The percentile of an exponential histogram, in seconds: the upper end of its bucket. */
export function percentileOf({ count, scale, zeroCount, positive }: HistogramPoint, percentile: number): number {
  const rank = Math.max(1, Math.ceil((percentile / 100) * count - 1e-9 * count));
  let seen = zeroCount;
  if (seen >= rank) return 0;
  for (const [place, ofBucket] of positive.bucketCounts.entries()) {
    seen += ofBucket;
    if (seen >= rank) return 2 ** ((positive.offset + place + 1) / 2 ** scale);
  }
  throw new Error(`the buckets hold ${seen} of ${count}`);
}
