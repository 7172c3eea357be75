import { type ImportedLatency, type ImportedResult, toolNames } from '../../shared/interchange/importedResult';
import { describeLatency } from '../../shared/interchange/latencyDefinition';
import { statusText } from '../../shared/run/thresholdOutcome';
import { printableLine } from '../../shared/text/printable';
import { formatClock, formatLatency, formatNumber, formatRate, formatShare } from '../../shared/units/format';

function row(label: string, text: string): string {
  return `  ${printableLine(label).padEnd(21)} ${printableLine(text)}\n`;
}

function latencies({ percentiles, max }: ImportedLatency): string {
  const ranks = Object.entries(percentiles).sort(([a], [b]) => Number(a) - Number(b));
  return [...ranks.map(([rank, ms]) => `P${rank} ${formatLatency(ms)}`), `max ${formatLatency(max)}`].join('  ');
}

/** Another tool's result for the terminal, with its meaning. */
export function renderResult(result: ImportedResult): string {
  const { metrics, thresholds, notes, durationMs, startedAt, file } = result;
  let text = `\n${toolNames[result.tool]}: ${printableLine(result.subject ?? file)}\n\n`;
  text += row('run', `${result.id}, imported from ${file}`);
  if (startedAt !== null) text += row('started', startedAt);
  if (durationMs !== null) text += row('duration', formatClock(durationMs));
  text += row('requests', `${formatNumber(metrics.http_reqs.count)} at ${formatRate(metrics.http_reqs.rate)}`);
  const { http_req_failed: failed } = metrics;
  text += row('failed', failed ? `${formatNumber(failed.count)} (${formatShare(failed.rate)})` : 'not told');
  text += row('latency', latencies(metrics.http_req_duration));
  for (const [operation, summary] of Object.entries(metrics.by_operation))
    text += row(`  ${operation}`, latencies(summary));
  text += `\n  Latency goes ${describeLatency(result.latency)}.\n`;
  for (const note of notes) text += `  - ${printableLine(note)}\n`;
  if (thresholds.length > 0) text += '\n';
  for (const { metric, expression, ok } of thresholds)
    text += `  ${statusText(ok ? 'passed' : 'failed')}  ${printableLine(`${metric} ${expression}`)}\n`;
  return text;
}
