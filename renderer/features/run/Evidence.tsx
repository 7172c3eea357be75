import { adjustedOf } from '../../../shared/run/adjusted';
import type { RunDocument } from '../../../shared/run/document';
import { memorySentences, summariseMemory } from '../../../shared/run/memorySummary';
import { type RequestPhase, requestPhases } from '../../../shared/run/metrics';
import { stageName } from '../../../shared/scenario/stageMarks';
import { Doubts } from './Doubts';
import { LatencyTable } from './LatencyTable';

const phaseWords: Record<RequestPhase, string> = {
  http_req_blocked: 'until written',
  http_req_looking_up: 'name lookup',
  http_req_connecting: 'TCP connect',
  http_req_tls_handshaking: 'TLS handshake',
  http_req_waiting: 'until the first byte',
  http_req_receiving: 'until the last byte',
};

/** What the verdict rests on: what could be doubted, integrity, and the parts by operation. */
export function Evidence({ document }: { document: RunDocument }) {
  const { metrics } = document;
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
      <Doubts document={document} />
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
