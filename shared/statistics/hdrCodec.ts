import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, JsHistogram } from 'hdr-histogram-js';
import { highestTrackableUs, LatencyHistogram } from './latencyHistogram';

/** HdrHistogram V2, compressed, base64, unit microseconds: the interchange and storage form of a histogram. */
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

/**
 * Reads a histogram that {@link encodeHdr} or another HdrHistogram V2 writer made with the unit microseconds.
 * Values keep three digits; mean, minimum and maximum are those of the buckets. Throws on anything else.
 */
export function decodeHdr(text: string): LatencyHistogram {
  const hdr = decodeFromCompressedBase64(text);
  if (!(hdr instanceof JsHistogram)) throw new TypeError('not a histogram of integers');
  const histogram = new LatencyHistogram();
  for (let index = 0; index < hdr.countsArrayLength; index += 1) {
    const count = hdr.getCountAtIndex(index);
    if (count > 0) histogram.record(hdr.valueFromIndex(index), count);
  }
  return histogram;
}
