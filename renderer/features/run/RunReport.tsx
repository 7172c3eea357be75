import type { RunView } from '../../../shared/run/reducer';
import { latencyLimits } from '../../../shared/thresholds/evaluate';
import { CacheChart } from '../../charts/CacheChart';
import { CapacityCurve } from '../../charts/CapacityCurve';
import { LatencyChart } from '../../charts/LatencyChart';
import { PartsChart } from '../../charts/PartsChart';
import { ThroughputChart } from '../../charts/ThroughputChart';
import { ErrorNote } from '../../ui/ErrorNote';
import { Profile } from '../profile/Profile';
import { Evidence } from './Evidence';
import { Headline } from './Headline';
import { Tiles } from './Tiles';
import { TimeSpent } from './TimeSpent';

/** A run, live or saved: the sentence, the tiles, the charts, the evidence. */
export function RunReport({ view }: { view: RunView }) {
  const { run, intervals, document, error, log, capacitySteps } = view;
  if (!run) return null;
  return (
    <div className="report">
      {error ? <ErrorNote error={error} /> : <Headline view={view} />}
      <Tiles view={view} />
      {document?.attribution && <TimeSpent attribution={document.attribution} />}
      {capacitySteps.length > 0 && (
        <CapacityCurve
          steps={capacitySteps}
          rate={document?.capacity?.rate ?? null}
          limitMs={latencyLimits(run.scenario.thresholds).find(({ percentile }) => percentile === 95)?.limitMs}
        />
      )}
      <div className="charts">
        <ThroughputChart scenario={run.scenario} intervals={intervals} />
        <LatencyChart scenario={run.scenario} intervals={intervals} />
        <CacheChart scenario={run.scenario} intervals={intervals} />
        <PartsChart scenario={run.scenario} intervals={intervals} />
      </div>
      {document?.profile && <Profile runId={document.id} summary={document.profile} />}
      {document && <Evidence document={document} />}
      {log.length > 0 && (
        <ul className="log" aria-label="Log">
          {log.map(({ level, message }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever appended and have no identity of their own
            <li key={index} data-level={level}>
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
