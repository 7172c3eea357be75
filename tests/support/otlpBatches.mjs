// Batches of metrics as the file exporter of an OpenTelemetry Collector writes them for k6's output `opentelemetry`:
// delta temporality, exponential histograms, attributes from tags. Times are in ms since 1970.

const nanoseconds = (ms) => `${Math.round(ms * 1e3)}000`;

function attributesOf(tags) {
  return Object.entries(tags).map(([key, value]) => ({ key, value: { stringValue: value } }));
}

/** A data point of what was recorded between two times. */
function point(tags, fromMs, untilMs, more) {
  const times = { startTimeUnixNano: nanoseconds(fromMs), timeUnixNano: nanoseconds(untilMs) };
  return { attributes: attributesOf(tags), ...times, ...more };
}

/** A counter: what was added. */
export function counter(name, tags, fromMs, untilMs, added) {
  const dataPoints = [point(tags, fromMs, untilMs, { asDouble: added })];
  return { name, sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints } };
}

export function gauge(name, tags, atMs, value) {
  return { name, gauge: { dataPoints: [point(tags, atMs, atMs, { asDouble: value })] } };
}

/** A trend: the values that were recorded, in buckets of a scale. */
export function trend(name, tags, fromMs, untilMs, values, scale = 5) {
  const positive = values.filter((value) => value > 0);
  const indexes = positive.map((value) => Math.ceil(Math.log2(value) * 2 ** scale) - 1);
  const offset = Math.min(...indexes);
  const counts = Array(positive.length === 0 ? 0 : Math.max(...indexes) - offset + 1).fill(0);
  for (const index of indexes) counts[index - offset] += 1;
  const histogram = point(tags, fromMs, untilMs, {
    count: String(values.length),
    sum: values.reduce((sum, value) => sum + value, 0),
    scale,
    ...(values.length > positive.length ? { zeroCount: String(values.length - positive.length) } : {}),
    positive: positive.length === 0 ? {} : { offset, bucketCounts: counts.map(String) },
    negative: {},
    min: Math.min(...values),
    max: Math.max(...values),
  });
  return { name, unit: 'ms', exponentialHistogram: { aggregationTemporality: 1, dataPoints: [histogram] } };
}

/** A batch as a line of the log. */
export function batch(metrics) {
  const resource = { attributes: attributesOf({ 'service.name': 'k6', 'service.version': '2.2.0' }) };
  return JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'k6' }, metrics }] }] });
}
