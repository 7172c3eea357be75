import { useEffect } from 'react';
import type { Catalog } from '../../../shared/ipc/contract';
import { useBoardStore } from '../../store/boardStore';
import { useIntegrityStore } from '../../store/integrityStore';
import { useOptionsStore } from '../../store/optionsStore';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { ErrorNote } from '../../ui/ErrorNote';
import shared from '../../ui/shared.module.css';
import { BaselineChanges } from './BaselineChanges';
import { Board } from './Board';
import styles from './overview.module.css';
import { RecentRuns } from './RecentRuns';
import { RunningNow } from './RunningNow';
import { StandingCard } from './StandingCard';
import { Story } from './Story';

/** The state of every engine, the next step, recent changes, and the latest runs. */
export function OverviewScreen({ catalog }: { catalog: Catalog }) {
  const runs = useRecentRunsStore((state) => state.runs);
  const experiments = useOptionsStore((state) => state.experiments);
  const running = useRunStore((state) => isRunning(state.view));
  const error = useBoardStore((state) => state.error);
  useEffect(() => {
    void useRecentRunsStore.getState().refresh();
    void useIntegrityStore.getState().load();
  }, []);
  // Repeated for each new list of runs, because a search may have ended.
  useEffect(() => {
    if (runs) void useBoardStore.getState().loadCapacities();
  }, [runs]);
  return (
    <section className={shared.wideScreen} aria-label="Overview">
      <h1 className={shared.visuallyHidden}>Overview</h1>
      {error && <ErrorNote error={error} />}
      {running && <RunningNow />}
      {runs && (
        <>
          {!running && <StandingCard catalog={catalog} runs={runs} />}
          <Story runs={runs} hasExperiment={(experiments ?? []).length > 0} />
          <Board catalog={catalog} runs={runs} />
          <div className={styles.lists}>
            <RecentRuns runs={runs} />
            <BaselineChanges runs={runs} />
          </div>
        </>
      )}
    </section>
  );
}
