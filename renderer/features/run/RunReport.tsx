import { lazy, Suspense, useEffect, useState } from 'react';
import { failureSection } from '../../../shared/report/sections/figures';
import { momentSection } from '../../../shared/report/sections/moments';
import type { RunView } from '../../../shared/run/reducer';
import { latencyLimits } from '../../../shared/thresholds/evaluate';
import { useTimeViewStore } from '../../store/timeViewStore';
import { ErrorNote } from '../../ui/ErrorNote';
import { ReportSections } from '../../ui/ReportBlocks';
import { Profile } from '../profile/Profile';
import { Evidence } from './Evidence';
import { Headline } from './Headline';
import { RunCharts } from './RunCharts';
import { Thresholds } from './Thresholds';
import { Tiles } from './Tiles';
import { TimeSpent } from './TimeSpent';

const CapacityCurve = lazy(async () => ({
  default: (await import('../../charts/capacity/CapacityCurve')).CapacityCurve,
}));

/** A value as it was when `isHeld` began: what one looks at does not move away. */
function useHeld<T>(value: T, isHeld: boolean): T {
  const [held, setHeld] = useState(value);
  if (!isHeld && held !== value) setHeld(value);
  return isHeld ? held : value;
}

/** What the charts show, where it is not all there is. */
function TimeNote({ behindS }: { behindS: number }) {
  const { zoom, setZoom } = useTimeViewStore();
  if (!zoom && behindS === 0) return null;
  return (
    <p className="quiet time-note" role="status">
      {zoom && (
        <>
          The charts show {zoom.from.toFixed(0)} s to {zoom.to.toFixed(0)} s.{' '}
          <button type="button" className="link" onClick={() => setZoom(undefined)}>
            Show all
          </button>{' '}
        </>
      )}
      {behindS > 0 && 'The charts stand still while you look at a second; they go on when the pointer leaves them.'}
    </p>
  );
}

/** A run, live or saved: the sentence, the thresholds, the tiles, the charts, the evidence. */
export function RunReport({ view }: { view: RunView }) {
  const { run, phase, document, error, log, capacitySteps } = view;
  const isLookedAt = useTimeViewStore((state) => state.second !== undefined);
  const { intervals, warmup, heat } = useHeld(view, isLookedAt && document === undefined);
  const runId = run?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run has another time
  useEffect(() => {
    useTimeViewStore.getState().setZoom(undefined);
  }, [runId]);
  if (!run) return null;
  return (
    <div className="report">
      {error ? <ErrorNote error={error} /> : <Headline view={view} />}
      {document && <Thresholds document={document} />}
      <Tiles view={view} />
      {document && <ReportSections sections={failureSection(document)} />}
      {document?.attribution && <TimeSpent attribution={document.attribution} />}
      {document && <ReportSections sections={momentSection(document)} />}
      {capacitySteps.length > 0 && (
        <Suspense>
          <CapacityCurve
            steps={capacitySteps}
            rate={document?.capacity?.rate ?? null}
            limitMs={latencyLimits(run.scenario.thresholds).find(({ percentile }) => percentile === 95)?.limitMs}
          />
        </Suspense>
      )}
      <TimeNote behindS={(view.intervals.at(-1)?.t ?? 0) - (intervals.at(-1)?.t ?? 0)} />
      {/* Charts that wait for their turn would show the run before. */}
      <RunCharts
        key={run.id}
        run={run}
        intervals={intervals}
        warmup={warmup}
        heat={heat}
        moving={phase !== 'finished'}
      />
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
