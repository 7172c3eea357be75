import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Exemplar } from '../exemplars';
import { ExemplifiedPoint } from '../otelMetrics';

/*
 * Exemplars in an OTLP request. The serializer of the SDK writes none, because its points have no place for them. They
 * are added to the bytes that it has written: a field can be anywhere in its message (protobuf.dev, "Encoding").
 */

/** A field of a message on the wire, as offsets in it. */
interface Field {
  number: number;
  from: number;
  /** Where its value begins, after its length if it has one. */
  valueFrom: number;
  to: number;
}

function readVarint(bytes: Uint8Array, from: number): [value: number, to: number] {
  let value = 0;
  for (let at = from, factor = 1; ; at += 1, factor *= 128) {
    const byte = bytes[at];
    if (byte === undefined) throw new RangeError('the message ends in a number');
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return [value, at + 1];
  }
}

/** Returns where the value of a field begins and ends. The wire types are those that OTLP uses. */
function extentOf(bytes: Uint8Array, wireType: number, from: number): [valueFrom: number, to: number] {
  if (wireType === 0) return [from, readVarint(bytes, from)[1]];
  if (wireType === 1) return [from, from + 8];
  if (wireType === 5) return [from, from + 4];
  if (wireType !== 2) throw new RangeError(`the message has a field of wire type ${wireType}`);
  const [length, valueFrom] = readVarint(bytes, from);
  return [valueFrom, valueFrom + length];
}

function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  for (let from = 0; from < bytes.length; ) {
    const [tag, valueAt] = readVarint(bytes, from);
    const [valueFrom, to] = extentOf(bytes, tag % 8, valueAt);
    fields.push({ number: Math.floor(tag / 8), from, valueFrom, to });
    from = to;
  }
  return fields;
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

/** Returns a field that has a length: a message or bytes. */
function lengthDelimited(number: number, value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(value.length)]), value]);
}

/** Returns the message with `change` applied to each field of this number. These fields are messages. */
function mapField(
  message: Uint8Array,
  number: number,
  change: (value: Uint8Array, index: number) => Uint8Array,
): Buffer {
  let index = 0;
  return Buffer.concat(
    fieldsOf(message).map(({ number: own, from, valueFrom, to }) => {
      if (own !== number) return message.subarray(from, to);
      const changed = change(message.subarray(valueFrom, to), index);
      index += 1;
      return lengthDelimited(number, changed);
    }),
  );
}

/** Returns an `Exemplar` of opentelemetry/proto/metrics/v1/metrics.proto: time (2), value (3) and trace (5). */
function exemplarField({ traceId, valueS, atMs }: Exemplar): Buffer {
  const numbers = Buffer.alloc(18);
  numbers[0] = 2 * 8 + 1;
  numbers.writeBigUInt64LE(BigInt(Math.round(atMs * 1_000)) * 1_000n, 1);
  numbers[9] = 3 * 8 + 1;
  numbers.writeDoubleLE(valueS, 10);
  return lengthDelimited(11, Buffer.concat([numbers, lengthDelimited(5, Buffer.from(traceId, 'hex'))]));
}

function exemplarsOf(point: object | undefined): readonly Exemplar[] {
  return point instanceof ExemplifiedPoint ? point.exemplars : [];
}

/**
 * Returns an `ExportMetricsServiceRequest`, which the SDK has written from `metrics`, with the exemplars of its
 * exponential histograms.
 */
export function withExemplars(request: Uint8Array, metrics: ResourceMetrics): Uint8Array {
  const all = metrics.scopeMetrics.flatMap((scope) => scope.metrics).flatMap(({ dataPoints }) => [...dataPoints]);
  if (all.every((point) => exemplarsOf(point).length === 0)) return request;
  return mapField(request, 1, (resource) =>
    mapField(resource, 2, (scope, scopeIndex) =>
      mapField(scope, 2, (metric, metricIndex) => {
        const points = metrics.scopeMetrics[scopeIndex]?.metrics[metricIndex]?.dataPoints ?? [];
        return mapField(metric, 10, (histogram) =>
          mapField(histogram, 1, (point, index) =>
            Buffer.concat([point, ...exemplarsOf(points[index]).map(exemplarField)]),
          ),
        );
      }),
    ),
  );
}
