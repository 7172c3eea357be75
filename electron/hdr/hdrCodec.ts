import { inflateSync } from 'node:zlib';
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { highestTrackableUs, LatencyHistogram } from '../../shared/statistics/latencyHistogram';

/*
 * HdrHistogram V2 (AbstractHistogram.encodeIntoCompressedByteBuffer of HdrHistogram 2.2, hdrhistogram.org): big-endian
 * cookie and length, then a zlib stream. The stream contains cookie, payload length, index offset, digits, lowest and
 * highest value and conversion ratio, then the counts as ZigZag LEB128. A negative count is a run of empty buckets. The
 * format is not read by hdr-histogram-js, which the tests compare with: a blob from a foreign file must not inflate
 * without bound, and a heatmap reads thousands of blobs.
 */
const compressedCookie = 0x1c849304;
const cookie = 0x1c849303;
const wordSizeBits = 0xf0;
const headBytes = 40;
/** Far more than a histogram of five digits over 64 bits needs, because most of its counts take one byte. */
const maxPayloadBytes = 8 * 2 ** 20;

/**
 * Encodes a histogram as HdrHistogram V2, compressed, base64, in microseconds: the format for interchange and storage.
 */
export function encodeHdr(histogram: LatencyHistogram): string {
  const hdr = build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestTrackableUs,
    numberOfSignificantValueDigits: 3,
  });
  histogram.forEachBucket((valueUs, count) => {
    hdr.recordValueWithCount(Math.min(valueUs, highestTrackableUs), count);
  });
  return encodeIntoCompressedBase64(hdr);
}

function requireCookie(actual: number, expected: number): void {
  if ((actual & ~wordSizeBits) !== expected) throw new TypeError('not a HdrHistogram of version 2');
}

function inflated(text: string): Buffer {
  const compressed = Buffer.from(text, 'base64');
  if (compressed.length < 8) throw new TypeError('not a HdrHistogram of version 2');
  requireCookie(compressed.readInt32BE(0), compressedCookie);
  const bytes = inflateSync(compressed.subarray(8, 8 + compressed.readUInt32BE(4)), {
    maxOutputLength: maxPayloadBytes,
  });
  if (bytes.length < headBytes) throw new TypeError('the HdrHistogram is cut short');
  requireCookie(bytes.readInt32BE(0), cookie);
  return bytes;
}

/**
 * Calls `visit` with the numbers of a sequence in ZigZag LEB128, of at most nine bytes each. They are exact up to 2^52.
 */
function forEachZigZag(bytes: Buffer, from: number, to: number, visit: (value: number) => void): void {
  let at = from;
  while (at < to) {
    let value = 0;
    let unit = 1;
    let byte = 0x80;
    for (let place = 0; place < 9 && byte >= 0x80; place += 1) {
      if (at >= to) throw new TypeError('the HdrHistogram is cut short');
      byte = bytes[at] ?? 0;
      at += 1;
      // The ninth byte has no continuation flag: all of its bits count.
      value += (place < 8 ? byte & 0x7f : byte) * unit;
      unit *= 128;
    }
    visit(value % 2 === 0 ? value / 2 : -(value + 1) / 2);
  }
}

/** The bounds of each bucket of a layout: its least value, and how many values it covers. */
function bucketOfIndex(digits: number, lowest: number): (index: number) => readonly [least: number, width: number] {
  const magnitude = Math.ceil(Math.log2(2 * 10 ** digits));
  const halfMagnitude = magnitude - 1;
  const half = 2 ** halfMagnitude;
  const unit = 2 ** Math.floor(Math.log2(lowest));
  return (index) => {
    const bucket = Math.floor(index / half) - 1;
    if (bucket < 0) return [index * unit, unit];
    const width = 2 ** bucket * unit;
    return [((index % half) + half) * width, width];
  };
}

/**
 * Calls `visit` with the least value, the count and the greatest value of each bucket that is not empty, in ascending
 * order, in the unit in which the histogram was recorded. For percentiles and the maximum, HdrHistogram reports the
 * greatest ("highest equivalent") value. Throws on anything except a HdrHistogram V2, and on one that is damaged.
 */
export function forEachHdrBucket(text: string, visit: (least: number, count: number, greatest: number) => void): void {
  const bytes = inflated(text);
  const payloadBytes = bytes.readInt32BE(4);
  const digits = bytes.readInt32BE(12);
  const lowest = Number(bytes.readBigInt64BE(16));
  const offset = bytes.readInt32BE(8);
  // hdr-histogram-js writes 1 in this field and shifts nothing.
  if ((offset !== 0 && offset !== 1) || digits < 0 || digits > 5 || lowest < 1)
    throw new TypeError('a HdrHistogram with a layout that is not supported');
  if (payloadBytes < 0 || headBytes + payloadBytes > bytes.length) throw new TypeError('the HdrHistogram is cut short');
  const bucketOf = bucketOfIndex(digits, lowest);
  let index = 0;
  forEachZigZag(bytes, headBytes, headBytes + payloadBytes, (count) => {
    if (count > 0) {
      const [least, width] = bucketOf(index);
      visit(least, count, least + width - 1);
    }
    index += count < 0 ? -count : 1;
  });
}

/**
 * Reads a histogram that {@link encodeHdr} or another writer of HdrHistogram V2 made. `unitUs` is the unit of its
 * values in microseconds. Values keep three digits. Mean, minimum and maximum are those of the buckets. Throws on
 * anything else.
 */
export function decodeHdr(text: string, unitUs = 1): LatencyHistogram {
  const histogram = new LatencyHistogram();
  forEachHdrBucket(text, (value, count) => histogram.record(value * unitUs, count));
  return histogram;
}
