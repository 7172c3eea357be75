import type { ComparedRun, Delta } from '../../../shared/comparison/comparison';
import { deltaText, formatMetric, metricNames, outcomeWord } from '../../../shared/comparison/words';
import { experimentMetrics } from '../../../shared/experiment/experiment';
import { formatNumber, formatShare, formatTime } from '../../../shared/units/format';
import { useCompareStore } from '../../store/compareStore';
import { HeaderRow } from '../../ui/HeaderRow';
import { VerdictBadge } from '../../ui/VerdictBadge';
import { RunKey } from './RunKey';

const outcomeIcons: Record<Delta['outcome'], string> = { better: '▲', worse: '▼', alike: '=', unknown: '?' };

function DeltaCell({ delta }: { delta: Delta }) {
  return (
    <td className="delta" data-outcome={delta.outcome} title={delta.reason ?? undefined}>
      <span className="delta-outcome">
        <span aria-hidden="true">{outcomeIcons[delta.outcome]}</span> {outcomeWord(delta)}
      </span>
      <span className="quiet">{deltaText(delta)}</span>
    </td>
  );
}

function RunRow({ run, place }: { run: ComparedRun; place: number }) {
  const { makeBaseline, remove } = useCompareStore();
  return (
    <tr data-run={run.id}>
      <th scope="row">
        <RunKey place={place} /> {run.name}
        <span className="quiet compared-about">
          {formatTime(run.startedAt)} · {formatNumber(run.count)} requests
          {place === 0 && ' · baseline'}
        </span>
      </th>
      <td>
        <VerdictBadge verdict={run.state} />
      </td>
      {experimentMetrics.map((metric) => (
        <td key={metric} className="number">
          {formatMetric(metric, run.figures[metric])}
        </td>
      ))}
      <td className="number">{formatShare(run.failedRate)}</td>
      <td className="number">{formatShare(run.cacheHitRate)}</td>
      <td>
        {place > 0 && (
          <button type="button" className="link" onClick={() => void makeBaseline(run.id)}>
            Make baseline
          </button>
        )}{' '}
        <button type="button" className="link" aria-label={`Remove ${run.name}`} onClick={() => void remove(run.id)}>
          Remove
        </button>
      </td>
    </tr>
  );
}

/** The runs with their figures, and what each is against the baseline. */
export function ComparedRuns({ runs, deltas }: { runs: readonly ComparedRun[]; deltas: readonly Delta[] }) {
  const reasons = [...new Set(deltas.flatMap(({ outcome, reason }) => (outcome === 'unknown' ? (reason ?? []) : [])))];
  return (
    <>
      <section className="panel">
        <table className="numbers compared" aria-label="Compared runs">
          <HeaderRow
            titles={[
              'Run',
              'Verdict',
              ...experimentMetrics.map((metric) => metricNames[metric]),
              'Errors',
              'Cache hits',
              'Actions',
            ]}
          />
          <tbody>
            {runs.map((run, place) => (
              <RunRow key={run.id} run={run} place={place} />
            ))}
          </tbody>
        </table>
      </section>
      <section className="panel">
        <h2>Compared with the baseline</h2>
        <table className="numbers compared" aria-label="Compared with the baseline">
          <HeaderRow titles={['Run', ...experimentMetrics.map((metric) => metricNames[metric])]} />
          <tbody>
            {runs.slice(1).map((run, index) => (
              <tr key={run.id}>
                <th scope="row">
                  <RunKey place={index + 1} /> {run.name}
                </th>
                {deltas
                  .filter((delta) => delta.run === index + 1)
                  .map((delta) => (
                    <DeltaCell key={delta.metric} delta={delta} />
                  ))}
              </tr>
            ))}
          </tbody>
        </table>
        {reasons.map((reason) => (
          <p key={reason} className="quiet">
            Can't tell: {reason}.
          </p>
        ))}
      </section>
    </>
  );
}
