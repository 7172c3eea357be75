import clsx from 'clsx';
import { useEffect } from 'react';
import { maxCompared } from '../../../shared/comparison/comparison';
import { letterOf } from '../../../shared/report/wording/describeComparison';
import { formatTime } from '../../../shared/units/format';
import { Heatmap } from '../../charts/distribution/Heatmap';
import chart from '../../charts/frame/charts.module.css';
import { useCompareStore } from '../../store/compareStore';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorNote } from '../../ui/ErrorNote';
import { CompareIcon } from '../../ui/icons';
import { Menu } from '../../ui/Menu';
import shared from '../../ui/shared.module.css';
import { ComparedRuns } from './ComparedRuns';
import styles from './compare.module.css';
import { Differences } from './Differences';
import { DistributionCharts } from './DistributionCharts';
import { Headline } from './Headline';
import { SuggestedPairs } from './SuggestedPairs';
import { TimelineCharts } from './TimelineCharts';

/** Adds one of the latest runs to the comparison. */
function AddRun() {
  const { ids, add } = useCompareStore();
  const runs = useRecentRunsStore((state) => state.runs);
  const others = (runs ?? []).filter(({ id, verdict }) => verdict !== null && !ids.includes(id)).slice(0, 100);
  if (ids.length >= maxCompared || others.length === 0) return null;
  return (
    <Menu
      label="Add a run"
      entries={others.map(({ id, name, scenarioName, target, startedAt }) => ({
        label: `${formatTime(startedAt)} · ${name ?? scenarioName} · ${target}`,
        onSelect: () => void add(id),
      }))}
    />
  );
}

/** Suggestions for a comparison, while fewer than two runs are chosen. */
function NothingYet({ isOneChosen }: { isOneChosen: boolean }) {
  const show = useScreenStore((state) => state.show);
  const hasRuns = useRecentRunsStore(({ runs }) => runs === undefined || runs.length > 0);
  const howToChoose = hasRuns
    ? 'Select two to six runs in History, or add them here. The first one is the baseline.'
    : 'No runs to compare yet. Run a level twice, or import results of other tools in History.';
  return (
    <>
      <SuggestedPairs />
      <EmptyState icon={CompareIcon} sentence={isOneChosen ? 'One run selected. Add at least one more.' : howToChoose}>
        <AddRun />
        <Button onClick={() => show('history')}>Go to History</Button>
      </EmptyState>
    </>
  );
}

/** Up to six runs side by side. */
export function CompareScreen() {
  const { ids, comparison, error } = useCompareStore();
  useEffect(() => {
    void useRecentRunsStore.getState().refresh();
  }, []);
  if (!comparison) {
    return (
      <section className={clsx(shared.wideScreen, styles.compareScreen)} aria-label="Compare">
        <h1>Compare</h1>
        {error && <ErrorNote error={error} />}
        {ids.length < 2 ? (
          <NothingYet isOneChosen={ids.length === 1} />
        ) : (
          !error && (
            <p className={shared.quiet} role="status">
              Comparing …
            </p>
          )
        )}
      </section>
    );
  }
  const { runs, deltas, warnings, binsMs, columnS } = comparison;
  const width = Math.max(1, ...runs.map(({ heatmap }) => heatmap?.length ?? 0));
  return (
    <section className={clsx(shared.wideScreen, styles.compareScreen)} aria-label="Compare">
      <div className={shared.toolbar}>
        <h1>Compare</h1>
        <AddRun />
        <Button variant="ghost" onClick={() => void useCompareStore.getState().compare([])}>
          Choose other runs
        </Button>
      </div>
      {error && <ErrorNote error={error} />}
      <Headline comparison={comparison} />
      {warnings.length > 0 && (
        <section className={clsx(shared.panel, styles.warnings)} aria-label="Before you compare">
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>
                <span aria-hidden="true">⚠</span> {warning}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Differences runs={runs} deltas={deltas} />
      <ComparedRuns runs={runs} />
      <TimelineCharts runs={runs} />
      <DistributionCharts comparison={comparison} />
      <section className={chart.charts} aria-label="Heatmaps">
        {runs.map((run, place) =>
          run.heatmap === null ? null : (
            <Heatmap
              key={run.id}
              name={`Heatmap ${letterOf(place)}`}
              title={`Latency over time: ${letterOf(place)} ${run.name}`}
              columns={run.heatmap}
              binsMs={binsMs}
              columnS={columnS}
              width={width}
            />
          ),
        )}
      </section>
    </section>
  );
}
