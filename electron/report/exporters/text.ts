import type { Attribution } from '../../../shared/attribution/attribution';
import { partLabel, partRank } from '../../../shared/attribution/parts';
import type { ProfileSummary } from '../../../shared/profile/cpuProfile';
import { type Adjusted, adjustedName, adjustedOf, formatAdjusted, unboundedText } from '../../../shared/run/adjusted';
import type { RunDocument } from '../../../shared/run/document';
import { doubtsOf, effectText, outcomeText } from '../../../shared/run/doubts';
import { verdictSentence } from '../../../shared/run/headline';
import { memorySentences, summariseMemory } from '../../../shared/run/memorySummary';
import { requestPhases, successRateOf } from '../../../shared/run/metrics';
import { statusText } from '../../../shared/run/thresholdOutcome';
import { statusOf } from '../../../shared/run/verdict';
import { describeMarks } from '../../../shared/scenario/describe';
import { stageWords, thresholdName } from '../../../shared/scenario/stageMarks';
import { type LatencySummary, samplesNeeded } from '../../../shared/statistics/latencySummary';
import { printableLine } from '../../../shared/text/printable';
import type { ThresholdResult } from '../../../shared/thresholds/evaluate';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../../shared/units/format';

/** Wide enough for the longest name of a part. */
const partWidth = 56;

/** A line of its own: names come from files and servers, and must not look like lines of ours. */
function line(text: string): string {
  return `${printableLine(text)}\n`;
}

function row(label: string, text: string): string {
  return `  ${printableLine(label).padEnd(22)}${printableLine(text)}\n`;
}

/** A percentile that rests on too few requests is shown as a dash. */
function percentiles({ count, p50, p90, p95, p99, max }: LatencySummary): string {
  const shown = (percentile: number, valueMs: number): string =>
    `P${percentile} ${formatLatency(count >= samplesNeeded(percentile) ? valueMs : null)}`;
  return `${shown(50, p50)}  ${shown(90, p90)}  ${shown(95, p95)}  ${shown(99, p99)}  max ${formatLatency(max)}`;
}

/** The same over all intended requests: what failed, was not answered or not sent has no bound. */
function adjustedPercentiles({ count, percentiles: { p50, p90, p95, p99 } }: Adjusted): string {
  const shown = (percentile: number, valueMs: number | null): string =>
    `P${percentile} ${formatAdjusted(percentile, valueMs, count)}`;
  return `${shown(50, p50)}  ${shown(90, p90)}  ${shown(95, p95)}  ${shown(99, p99)}  max ${unboundedText}`;
}

/** Where the time of requests went, by operation, by stage and by part. */
function latencyRows({ metrics, scenario }: RunDocument): string {
  let text = row('response time', percentiles(metrics.http_req_duration));
  const adjusted = adjustedOf(metrics);
  if (adjusted) text += row(`  ${adjustedName}`, adjustedPercentiles(adjusted));
  for (const [operation, summary] of Object.entries(metrics.by_operation))
    text += row(`  ${operation}`, percentiles(summary));
  for (const [stage, { http_req_duration: summary }] of Object.entries(metrics.by_stage)) {
    const words = stageWords(scenario.load, stage);
    text += row(`  stage ${stage}`, `${percentiles(summary)}${words === undefined ? '' : `  (${words})`}`);
  }
  text += row('service time', percentiles(metrics.http_req_service));
  for (const phase of requestPhases) {
    const summary = metrics.phases[phase];
    if (summary && summary.max > 0)
      text += row(`  ${phase.replace('http_req_', '').replaceAll('_', ' ')}`, percentiles(summary));
  }
  return text;
}

/** Where the time went: the sentence, then what makes slow requests slow, then the parts of the bands. */
function attributionRows({ all, sentence, causes, notes }: Attribution): string {
  let text = '\n';
  if (sentence) text += line(`  ${sentence}`);
  for (const { sentence: why } of causes) text += line(`  - ${why}`);
  for (const note of notes) text += line(`  - ${note}`);
  const bands = [all.median, all.slowest_5, all.slowest_1];
  const cell = (value: string): string => value.padStart(14);
  text += `\n  ${'part of a request'.padEnd(partWidth)}${['median', 'slowest 5 %', 'slowest 1 %'].map(cell).join('')}\n`;
  const parts = [...new Set(bands.flatMap((band) => Object.keys(band?.parts ?? {})))];
  for (const part of parts.sort((a, b) => partRank(a) - partRank(b)))
    text += line(
      `  ${partLabel(part).padEnd(partWidth)}${bands.map((band) => cell(formatLatency(band && (band.parts[part] ?? 0)))).join('')}`,
    );
  return `${text}  ${'together'.padEnd(partWidth)}${bands.map((band) => cell(formatLatency(band?.mean))).join('')}\n`;
}

const shownFunctions = 8;

/** Where the processor's time went, from the profile. */
function profileRows({ top, idleShare, gcShare, samples }: ProfileSummary): string {
  let text = `\n  CPU profile of the service: ${formatNumber(samples)} samples, idle ${formatShare(idleShare)}, garbage ${formatShare(gcShare)}\n`;
  for (const { functionName, place, selfShare } of top.slice(0, shownFunctions))
    text += line(`  ${formatShare(selfShare).padStart(8)}  ${functionName}  ${place}`);
  return text;
}

/** The longest state and the longest effect of a doubt, with a gap behind them. */
const stateWidth = 13;
const effectWidth = 19;

function thresholdRow(threshold: ThresholdResult, { scenario, trust }: RunDocument): string {
  return line(
    `  ${statusText(statusOf(threshold)).padEnd(stateWidth)}${thresholdName(threshold, scenario.load)}  ${outcomeText(threshold, trust)}`,
  );
}

/** The checks of the measurement that found something, by what that means for the verdict, and how many did not. */
function doubtRows(document: RunDocument): string {
  const { shown, quietSentence } = doubtsOf(document);
  const rows = shown.map(({ effect, text }) => line(`  ${effectText(effect).padEnd(effectWidth)}${text}`));
  return rows.join('') + (quietSentence === undefined ? '' : `  ${quietSentence}\n`);
}

/** A finished run as text of a fixed width, for terminals: the verdict first, then what it rests on. */
export function toText(document: RunDocument): string {
  const { metrics, thresholds, integrity, attribution } = document;
  let text = `\n${line(verdictSentence(document))}\n`;
  text += row('run', `${document.id}${describeMarks(document)}`);
  if (document.gate?.open === false) text += row('gate', `shut, run all the same. ${document.gate.reason}`);
  const { count, rate, late = 0 } = metrics.http_reqs;
  const after = late > 0 ? `, ${formatNumber(late)} of them ended after the load` : '';
  text += row('requests', `${formatNumber(count)} at ${formatRate(rate)}${after}`);
  text += row(
    'failed',
    `${formatNumber(metrics.http_req_failed.count)} (${formatShare(metrics.http_req_failed.rate)})`,
  );
  for (const [kind, ofKind] of Object.entries(metrics.errors)) text += row('', `${kind}: ${formatNumber(ofKind)}`);
  if (metrics.http_req_failed.count > 0) text += row('right answers', formatRate(successRateOf(metrics)));
  if (metrics.connections.reconnects > 0)
    text += row(
      'reconnects',
      `${formatNumber(metrics.connections.reconnects)} requests sent again over a new connection`,
    );
  if (metrics.dropped_iterations.count > 0)
    text += row('dropped iterations', formatNumber(metrics.dropped_iterations.count));
  text += latencyRows(document);
  if (metrics.cache_hit.count > 0) text += row('cache hits', formatShare(metrics.cache_hit.rate));
  if (document.target.kind === 'engine') {
    const lost = integrity.lostWrites === null ? 'not audited' : `${formatNumber(integrity.lostWrites)} lost`;
    text += row(
      'integrity',
      `${formatNumber(integrity.checked)} answers checked, ${formatNumber(integrity.violations)} wrong; ${formatNumber(integrity.acknowledgedWrites)} writes acknowledged, ${lost}`,
    );
  }
  if (attribution) text += attributionRows(attribution);
  for (const sentence of memorySentences(summariseMemory(document.intervals))) text += `  ${sentence}\n`;
  if (document.profile) text += profileRows(document.profile);
  text += '\n';
  for (const threshold of thresholds) text += thresholdRow(threshold, document);
  return `${text}\n${doubtRows(document)}`;
}
