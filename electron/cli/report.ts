import type { RunDocument } from '../../shared/run/document';
import { verdictSentence } from '../../shared/run/headline';
import { requestPhases } from '../../shared/run/metrics';
import { type LatencySummary, samplesNeeded } from '../../shared/statistics/latencySummary';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../shared/units/format';

function row(label: string, text: string): string {
  return `  ${label.padEnd(22)}${text}\n`;
}

/** A percentile that rests on too few requests is shown as a dash. */
function percentiles({ count, p50, p90, p95, p99, max }: LatencySummary): string {
  const shown = (percentile: number, valueMs: number): string =>
    `P${percentile} ${formatLatency(count >= samplesNeeded(percentile) ? valueMs : null)}`;
  return `${shown(50, p50)}  ${shown(90, p90)}  ${shown(95, p95)}  ${shown(99, p99)}  max ${formatLatency(max)}`;
}

/** Where the time of requests went, by operation, by stage and by part. */
function latencyRows(metrics: RunDocument['metrics']): string {
  let text = row('response time', percentiles(metrics.http_req_duration));
  for (const [operation, summary] of Object.entries(metrics.by_operation))
    text += row(`  ${operation}`, percentiles(summary));
  for (const [stage, { http_req_duration: summary }] of Object.entries(metrics.by_stage))
    text += row(`  stage ${stage}`, percentiles(summary));
  text += row('service time', percentiles(metrics.http_req_service));
  for (const phase of requestPhases) {
    const summary = metrics.phases[phase];
    if (summary && summary.max > 0)
      text += row(`  ${phase.replace('http_req_', '').replaceAll('_', ' ')}`, percentiles(summary));
  }
  return text;
}

/** A finished run for the terminal: the verdict first, then what it rests on. */
export function renderReport(document: RunDocument): string {
  const { metrics, thresholds, trust, integrity } = document;
  let text = `\n${verdictSentence(document)}\n\n`;
  text += row('run', `${document.id}${document.shortened ? ' (shortened)' : ''}`);
  text += row('requests', `${formatNumber(metrics.http_reqs.count)} at ${formatRate(metrics.http_reqs.rate)}`);
  text += row(
    'failed',
    `${formatNumber(metrics.http_req_failed.count)} (${formatShare(metrics.http_req_failed.rate)})`,
  );
  for (const [kind, count] of Object.entries(metrics.errors)) text += row('', `${kind}: ${formatNumber(count)}`);
  if (metrics.dropped_iterations.count > 0)
    text += row('dropped iterations', formatNumber(metrics.dropped_iterations.count));
  text += latencyRows(metrics);
  if (metrics.cache_hit.count > 0) text += row('cache hits', formatShare(metrics.cache_hit.rate));
  if (document.target.kind === 'engine') {
    const lost = integrity.lostWrites === null ? 'not audited' : `${formatNumber(integrity.lostWrites)} lost`;
    text += row(
      'integrity',
      `${formatNumber(integrity.checked)} answers checked, ${formatNumber(integrity.violations)} wrong; ${formatNumber(integrity.acknowledgedWrites)} writes acknowledged, ${lost}`,
    );
  }
  text += '\n';
  for (const { metric, expression, value, ok } of thresholds) {
    text += `  ${ok ? 'ok  ' : 'FAIL'}  ${metric} ${expression}  (${value === null ? 'no sample' : Number(value.toPrecision(4))})\n`;
  }
  text += '\n';
  for (const { ok, message } of trust) text += `  ${ok ? 'ok  ' : 'FAIL'}  ${message}\n`;
  return text;
}
