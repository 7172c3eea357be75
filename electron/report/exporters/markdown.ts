import { type Adjusted, adjustedName, adjustedOf, formatAdjusted, unboundedText } from '../../../shared/run/adjusted';
import type { RunDocument } from '../../../shared/run/document';
import { doubtsOf, effectText, outcomeText } from '../../../shared/run/doubts';
import { verdictSentence } from '../../../shared/run/headline';
import { targetLabel } from '../../../shared/run/target';
import { statusText } from '../../../shared/run/thresholdOutcome';
import { statusOf } from '../../../shared/run/verdict';
import { describeDuration, describeLoad } from '../../../shared/scenario/describe';
import { type LatencySummary, samplesNeeded } from '../../../shared/statistics/latencySummary';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../../shared/units/format';

/** What Markdown (CommonMark, with GitHub's tables) would take for its own signs. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A text in the type of code: as many backticks around it as none in it has (CommonMark 0.31, 6.1). */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const line = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map((_title, column) => (column === 0 ? '---' : '---:')), ...rows];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

function latencyRow(name: string, { count, p50, p95, p99, max }: LatencySummary): string[] {
  const shown = (percentile: number, valueMs: number): string =>
    formatLatency(count >= samplesNeeded(percentile) ? valueMs : null);
  return [escaped(name), formatNumber(count), shown(50, p50), shown(95, p95), shown(99, p99), formatLatency(max)];
}

function adjustedRow({ count, percentiles: { p50, p95, p99 } }: Adjusted): string[] {
  const shown = (percentile: number, valueMs: number | null): string => formatAdjusted(percentile, valueMs, count);
  return [adjustedName, formatNumber(count), shown(50, p50), shown(95, p95), shown(99, p99), unboundedText];
}

/** The checks that found something as a list, and how many did not. */
function doubtLines(document: RunDocument): string {
  const { shown, quietSentence } = doubtsOf(document);
  const list = shown.map(({ effect, text }) => `- **${effectText(effect)}:** ${escaped(text)}`).join('\n');
  return [list, quietSentence ?? ''].filter((part) => part !== '').join('\n\n');
}

/** A finished run for a chat or an issue: the verdict, what it rests on, and whether it can be trusted. */
export function toMarkdown(document: RunDocument): string {
  const { metrics, thresholds, trust, scenario, attribution, environment } = document;
  const [state = '', ...sentence] = verdictSentence(document).split(': ');
  const adjusted = adjustedOf(metrics);
  const operations = Object.entries(metrics.by_operation);
  const parts = [
    `**${state}:** ${escaped(sentence.join(': '))}`,
    `${escaped(scenario.name)} (${describeLoad(scenario.load)}, ${describeDuration(scenario.load)}) on ${escaped(targetLabel(document.target, document.backend))}: ${formatNumber(metrics.http_reqs.count)} requests at ${formatRate(metrics.http_reqs.rate)}, ${formatShare(metrics.http_req_failed.rate)} failed.`,
    table(
      ['response time', 'requests', 'P50', 'P95', 'P99', 'max'],
      [
        latencyRow('all', metrics.http_req_duration),
        ...(adjusted ? [adjustedRow(adjusted)] : []),
        ...operations.map(([operation, summary]) => latencyRow(operation, summary)),
      ],
    ),
    ...(thresholds.length > 0
      ? [
          table(
            ['threshold', 'value', 'state'],
            thresholds.map((threshold) => [
              code(`${threshold.metric} ${threshold.expression}`),
              escaped(outcomeText(threshold, trust)),
              statusText(statusOf(threshold)),
            ]),
          ),
        ]
      : []),
    ...(attribution?.sentence ? [escaped(attribution.sentence)] : []),
    doubtLines(document),
    `Run ${code(document.id)} by Proofload ${escaped(environment.proofload)} on ${environment.cores} cores, ${escaped(environment.cpu)}.`,
  ];
  const written = parts.map((part) => part.trimEnd()).filter((part) => part !== '');
  return `${written.join('\n\n')}\n`;
}
