import { adjustedOf } from '../../../shared/run/adjusted';
import type { RunDocument } from '../../../shared/run/document';
import { memorySentences, summariseMemory } from '../../../shared/run/memorySummary';
import { type RequestPhase, requestPhases } from '../../../shared/run/metrics';
import { stageName, thresholdName } from '../../../shared/scenario/stageMarks';
import type { ThresholdResult } from '../../../shared/thresholds/evaluate';
import { type MetricKind, metricKinds, parseThreshold } from '../../../shared/thresholds/parse';
import { formatLatency, formatNumber, formatShare } from '../../../shared/units/format';
import { LatencyTable } from './LatencyTable';

const phaseWords: Record<RequestPhase, string> = {
  http_req_blocked: 'until written',
  http_req_looking_up: 'name lookup',
  http_req_connecting: 'TCP connect',
  http_req_tls_handshaking: 'TLS handshake',
  http_req_waiting: 'until the first byte',
  http_req_receiving: 'until the last byte',
};

function Mark({ ok, isSure = true }: { ok: boolean; isSure?: boolean }) {
  return (
    <span className="mark" data-ok={ok}>
      {ok ? '✓ holds' : isSure ? '✕ fails' : '? within noise'}
    </span>
  );
}

/** What a threshold relative to a baseline is held against. */
function baselineText({ metric, expression, baseline }: ThresholdResult): string {
  if (!baseline) return '';
  if (baseline.value === null) return ' (no baseline)';
  const text = (value: number | null): string => formatThreshold(metric, expression, value);
  return ` (limit ${text(baseline.limit)}, baseline ${text(baseline.value)})`;
}

function formatThreshold(metric: string, expression: string, value: number | null): string {
  if (value === null) return 'no sample';
  const parsed = parseThreshold(metric, expression);
  if (!parsed.ok || parsed.value.secondsHeld || parsed.value.aggregation.kind === 'growth') return formatShare(value);
  const kind: MetricKind = metricKinds[parsed.value.metric];
  if (kind === 'trend') return formatLatency(value);
  return kind === 'counter' ? formatNumber(value, 1) : formatShare(value);
}

function integritySentence({ checked, violations, acknowledgedWrites, lostWrites }: RunDocument['integrity']): string {
  const audit = lostWrites === null ? 'the store could not be audited' : `${formatNumber(lostWrites)} lost`;
  return `${formatNumber(checked)} answers checked, ${formatNumber(violations)} wrong; ${formatNumber(acknowledgedWrites)} documents with acknowledged writes, ${audit}.`;
}

/** What the verdict rests on: thresholds, trust checks, integrity, and the parts by operation. */
export function Evidence({ document }: { document: RunDocument }) {
  const { thresholds, trust, metrics, integrity } = document;
  const stages = Object.entries(metrics.by_stage).map(
    ([stage, { http_req_duration: summary }]) => [stageName(document.scenario.load, stage), summary] as const,
  );
  const phases = requestPhases.flatMap((phase) => {
    const summary = metrics.phases[phase];
    return summary && summary.count > 0 ? [[phaseWords[phase], summary] as const] : [];
  });
  const memory = memorySentences(summariseMemory(document.intervals));
  return (
    <div className="evidence">
      <section className="panel">
        <h2>Thresholds</h2>
        <ul className="checks">
          {thresholds.map((threshold) => (
            <li key={`${threshold.metric} ${threshold.expression}`}>
              <Mark ok={threshold.ok} isSure={threshold.baseline?.isSure ?? true} />
              <code>{thresholdName(threshold, document.scenario.load)}</code>
              <span>
                {formatThreshold(threshold.metric, threshold.expression, threshold.value)}
                {baselineText(threshold)}
                {threshold.isImplicit && ' (implicit: no threshold covers failures)'}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>Can I trust this number?</h2>
        <ul className="checks">
          {trust.map(({ check, message, ok }) => (
            <li key={check}>
              <Mark ok={ok} />
              <span className="check-message">{message}</span>
            </li>
          ))}
          {document.target.kind === 'engine' && (
            <li>
              <Mark ok={integrity.violations === 0 && integrity.lostWrites === 0} />
              <span className="check-message">{integritySentence(integrity)}</span>
            </li>
          )}
        </ul>
      </section>
      <section className="panel wide">
        <h2>Response time by operation</h2>
        <LatencyTable first="Operation" rows={Object.entries(metrics.by_operation)} adjusted={adjustedOf(metrics)} />
      </section>
      {stages.length > 0 && (
        <section className="panel wide">
          <h2>Response time by stage</h2>
          <LatencyTable first="Stage" rows={stages} />
        </section>
      )}
      {memory.length > 0 && (
        <section className="panel wide">
          <h2>Memory and garbage collection</h2>
          {memory.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </section>
      )}
      <section className="panel wide">
        <h2>Parts of a request, on the client's clock</h2>
        <LatencyTable first="Part" rows={phases} />
      </section>
    </div>
  );
}
