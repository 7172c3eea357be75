import { LatencyHistogram } from './latencyHistogram';

/** The histogram of a name, made empty on first use. */
export function histogramOf(histograms: Map<string, LatencyHistogram>, name: string): LatencyHistogram {
  const found = histograms.get(name);
  if (found) return found;
  const created = new LatencyHistogram();
  histograms.set(name, created);
  return created;
}
