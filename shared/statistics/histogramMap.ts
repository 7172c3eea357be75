import { LatencyHistogram } from './latencyHistogram';

/** Returns the histogram with a name, creating it on first use. */
export function histogramOf<Name extends string>(
  histograms: Map<Name, LatencyHistogram>,
  name: Name,
): LatencyHistogram {
  const found = histograms.get(name);
  if (found) return found;
  const created = new LatencyHistogram();
  histograms.set(name, created);
  return created;
}
