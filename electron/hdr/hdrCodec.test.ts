import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { highestTrackableUs, LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { decodeHdr, encodeHdr, forEachHdrBucket } from './hdrCodec';

const latencies = fc.array(fc.integer({ min: 0, max: highestTrackableUs }), { minLength: 1, maxLength: 300 });
const percentiles = [0, 10, 50, 90, 95, 99, 99.9, 100];

/** Values as hdr-histogram-js writes them, in a chosen layout. */
function written(values: readonly number[], digits: 1 | 2 | 3 | 4 | 5, lowest = 1): string {
  const histogram = build({
    bitBucketSize: 64,
    lowestDiscernibleValue: lowest,
    highestTrackableValue: 2 ** 40,
    numberOfSignificantValueDigits: digits,
  });
  for (const value of values) histogram.recordValue(value);
  return encodeIntoCompressedBase64(histogram);
}

/** A histogram with these bytes as its counts. */
function forged(payload: Buffer, digits = 3): string {
  const head = Buffer.alloc(40);
  head.writeInt32BE(0x1c849313, 0);
  head.writeInt32BE(payload.length, 4);
  head.writeInt32BE(digits, 12);
  head.writeBigInt64BE(1n, 16);
  head.writeBigInt64BE(1n << 31n, 24);
  const body = deflateSync(Buffer.concat([head, payload]));
  const envelope = Buffer.alloc(8);
  envelope.writeInt32BE(0x1c849314, 0);
  envelope.writeInt32BE(body.length, 4);
  return Buffer.concat([envelope, body]).toString('base64');
}

describe('HdrHistogram V2', () => {
  it('comes back with the same counts and percentiles', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const histogram = new LatencyHistogram();
        for (const value of values) histogram.record(value);
        const decoded = decodeHdr(encodeHdr(histogram));
        expect(decoded.count).toBe(histogram.count);
        for (const percentile of percentiles) {
          const truth = histogram.percentileUs(percentile);
          expect(Math.abs(decoded.percentileUs(percentile) - truth)).toBeLessThanOrEqual(truth * 0.001 + 1);
        }
      }),
    );
  });

  it('is read as hdr-histogram-js writes it, whatever its digits, lowest value and unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 ** 36 }), { minLength: 1, maxLength: 100 }),
        fc.constantFrom(1, 2, 3, 4, 5),
        fc.constantFrom(1, 1_000),
        (values, digits, lowest) => {
          const found: number[] = [];
          forEachHdrBucket(written(values, digits, lowest), (value, count) => {
            for (let time = 0; time < count; time += 1) found.push(value);
          });
          const sorted = [...values].sort((a, b) => a - b);
          expect(found).toHaveLength(sorted.length);
          for (const [index, value] of found.entries()) {
            const truth = sorted[index] ?? 0;
            expect(truth - value).toBeGreaterThanOrEqual(0);
            expect(truth - value).toBeLessThanOrEqual(Math.max(lowest, (truth * 2) / 10 ** digits));
          }
        },
      ),
      { numRuns: 60 },
    );
    const inNs = decodeHdr(written([1_000_000, 2_000_000], 3), 0.001);
    expect(inNs.percentileUs(50)).toBeGreaterThanOrEqual(998);
    expect(inNs.percentileUs(50)).toBeLessThanOrEqual(1_001);
  });

  it('reads counts beyond 32 bits', () => {
    const found: number[] = [];
    const count = 2 ** 40;
    const bytes: number[] = [];
    for (let rest = count * 2; rest > 0; rest = Math.floor(rest / 128))
      bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    forEachHdrBucket(forged(Buffer.from(bytes)), (_value, times) => found.push(times));
    expect(found).toEqual([count]);
  });

  it.each([
    ['text', 'not base64 of anything'],
    ['nothing', ''],
    ['a stream that is cut short', written([1, 2, 3], 3).slice(0, 40)],
    ['another layout', forged(Buffer.from([2]), 9)],
    ['a count that is cut short', forged(Buffer.from([0x80]))],
    ['a stream that inflates without bound', forged(Buffer.alloc(64 * 2 ** 20, 1))],
  ])('refuses %s', (_name, text) => {
    expect(() => decodeHdr(text)).toThrow();
  });

  it('never does anything but read or refuse', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeHdr(forged(Buffer.from(bytes)));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
