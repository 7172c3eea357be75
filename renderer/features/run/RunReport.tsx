import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { shownSeconds } from '../../../shared/charts/chartData';
import type { Section } from '../../../shared/report/blocks';
import { momentMarks, noMoments } from '../../../shared/report/charts/momentMarks';
import { type RunSectionKey, runReport } from '../../../shared/report/runReport';
import { momentTexts } from '../../../shared/report/sections/moments';
import { binnedHeatmap } from '../../../shared/run/latencyCounts';
import { lineSubjects } from '../../../shared/run/operationSeconds';
import type { RunView } from '../../../shared/run/reducer';
import { latencyLimits } from '../../../shared/thresholds/evaluate';
import { formatRunTime } from '../../../shared/units/format';
import { useTimeViewStore } from '../../store/timeViewStore';
import { Button } from '../../ui/Button';
import { ErrorNote } from '../../ui/ErrorNote';
import { ReportSections } from '../../ui/ReportBlocks';
import { Profile } from '../profile/Profile';
import { Highlights } from './Highlights';
import { LogLines } from './LogLines';
import { lanesOf } from './lanes';
import { MomentList } from './MomentList';
import { OperationCharts } from './OperationCharts';
import { ReportSection } from './ReportSection';
import { chartedPlaces, RunCharts } from './RunCharts';
import styles from './RunReport.module.css';
import { placeOf, type RunPlace, runPlaces } from './runPlaces';
import { SectionIndex, sectionIn } from './SectionIndex';
import { SlowestRequests } from './SlowestRequests';
import { Tiles } from './Tiles';
import { LaneMenu } from './TimelineLanes';
import { TimeSpent } from './TimeSpent';
import { VerdictCard } from './VerdictCard';
import { zoomAround } from './zoomAround';

const CapacityCurve = lazy(async () => ({
  default: (await import('../../charts/capacity/CapacityCurve')).CapacityCurve,
}));

/** The value from when `isHeld` became true, so that the view does not move while the user looks at it. */
function useHeld<T>(value: T, isHeld: boolean): T {
  const [held, setHeld] = useState(value);
  if (!isHeld && held !== value) setHeld(value);
  return isHeld ? held : value;
}

/** The visible range of the charts, when it is not everything. */
function TimeNote({ behindS }: { behindS: number }) {
  const { zoom, setZoom } = useTimeViewStore();
  if (!zoom && behindS === 0) return null;
  return (
    <p className={styles.note} role="status">
      {zoom && (
        <>
          The charts show {formatRunTime(Math.round(zoom.from))} to {formatRunTime(Math.round(zoom.to))}.{' '}
          <Button variant="link" onClick={() => setZoom(undefined)}>
            Show all
          </Button>{' '}
        </>
      )}
      {behindS > 0 && 'The charts are paused while you look at a second. They continue when the pointer leaves them.'}
    </p>
  );
}

function Capacity({ view: { run, document, capacitySteps } }: { view: RunView }) {
  if (capacitySteps.length === 0) return null;
  return (
    <Suspense>
      <CapacityCurve
        steps={capacitySteps}
        rate={document?.capacity?.rate ?? null}
        limitMs={latencyLimits(run?.scenario.thresholds ?? {}).find(({ percentile }) => percentile === 95)?.limitMs}
      />
    </Suspense>
  );
}

interface RunReportProps {
  view: RunView;
  /** The next steps after the run. */
  steps?: ReactNode;
  /** The user's notes on the run, below the verdict. */
  notes?: ReactNode;
}

/** A live or saved run: the verdict, then sections with a sticky index. */
export function RunReport({ view, steps, notes }: RunReportProps) {
  const { run, phase, document, error, log } = view;
  const report = useRef<HTMLDivElement>(null);
  const isLookedAt = useTimeViewStore((state) => state.second !== undefined);
  const held = useHeld(view, isLookedAt && document === undefined);
  const runId = run?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run has another time
  useEffect(() => {
    useTimeViewStore.getState().setZoom(undefined);
  }, [runId]);
  // Falls back to the document, when the history has removed the distributions or never had them, as for an imported
  // run.
  const heat = useMemo(
    () => (document && held.heat.length === 0 ? binnedHeatmap(document.intervals) : held.heat),
    [document, held.heat],
  );
  const charted = useMemo(() => chartedPlaces(held), [held]);
  const sections = useMemo(() => (document ? runReport(document).sections : []), [document]);
  // Moments are found only when all seconds are known, because each is compared with those around it.
  const moments = useMemo(() => (document ? momentTexts(document) : undefined), [document]);
  const marks = useMemo(() => (moments ? momentMarks(moments.shown) : noMoments), [moments]);
  if (!run) return null;

  const endS = shownSeconds(run.scenario, view.intervals);
  const showSecond = (second: number): void => {
    const { setZoom, lookAt } = useTimeViewStore.getState();
    setZoom(zoomAround({ t: second, durationS: 1 }, endS));
    lookAt(second);
    sectionIn(report.current, 'Timeline')?.scrollIntoView({ block: 'start' });
  };
  const highlights = document && moments && (
    <Highlights
      document={document}
      moments={moments.shown}
      onTimeSpent={() => sectionIn(report.current, 'Where the time went')?.scrollIntoView({ block: 'start' })}
      onSecond={showSecond}
    />
  );
  const of = (place: RunPlace): readonly Section<RunSectionKey>[] =>
    sections.filter(({ key }) => placeOf(key) === place);
  /** The content of a section besides the charts and the panels that every section can have. */
  const own: Partial<Record<RunPlace, ReactNode>> = {
    Summary: (
      <>
        <Tiles view={view} />
        <Capacity view={view} />
      </>
    ),
    ...(document && moments && moments.shown.length > 0
      ? {
          Timeline: <MomentList summary={moments.summary} moments={moments.shown} endS={endS} />,
        }
      : {}),
    ...(document
      ? {
          Operations: (
            <>
              {lineSubjects.toReversed().map((by) => (
                <OperationCharts
                  key={`${by} ${document.id}`}
                  by={by}
                  document={document}
                  isSaved={view.saved}
                  warmup={view.warmup}
                  moments={marks}
                />
              ))}
            </>
          ),
        }
      : {}),
    ...(document && document.slowest.length > 0
      ? { 'Slowest requests': <SlowestRequests document={document} onSecond={showSecond} /> }
      : {}),
    ...(document && (document.attribution || document.profile)
      ? {
          'Where the time went': (
            <>
              {document.attribution && <TimeSpent attribution={document.attribution} />}
              {document.profile && <Profile runId={document.id} summary={document.profile} />}
            </>
          ),
        }
      : {}),
    ...(log.length > 0 ? { Log: <LogLines log={log} /> } : {}),
  };
  const beside: Partial<Record<RunPlace, ReactNode>> = {
    Timeline: (
      <>
        <TimeNote behindS={(view.intervals.at(-1)?.t ?? 0) - (held.intervals.at(-1)?.t ?? 0)} />
        <LaneMenu lanes={lanesOf(run, { intervals: held.intervals, heat })} />
      </>
    ),
  };
  // Nothing was measured when the run could not start.
  const isEmpty = error !== undefined && view.intervals.length === 0 && view.ticks.length === 0;
  const places = runPlaces.filter((place) =>
    isEmpty ? place === 'Log' && place in own : place in own || charted.has(place) || of(place).length > 0,
  );
  return (
    <div ref={report} className={styles.report}>
      {error ? (
        <ErrorNote error={error} />
      ) : (
        <VerdictCard view={view} report={report} highlights={highlights} steps={steps} />
      )}
      {notes}
      {places.length > 1 && <SectionIndex report={report} titles={places} />}
      {places.map((place) => (
        <ReportSection key={place} title={place} isTitleHidden={place === 'Summary'} actions={beside[place]}>
          {own[place]}
          {charted.has(place) && (
            // Without the key, charts that wait for the scheduler would show the previous run.
            <RunCharts
              key={run.id}
              place={place}
              run={run}
              intervals={held.intervals}
              warmup={held.warmup}
              heat={heat}
              moments={marks}
              moving={phase !== 'finished'}
            />
          )}
          {of(place).length > 0 && (
            <div className={styles.panels}>
              <ReportSections sections={of(place)} level={3} />
            </div>
          )}
        </ReportSection>
      ))}
    </div>
  );
}
