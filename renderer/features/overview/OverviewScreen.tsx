import { useEffect } from 'react';
import type { Catalog } from '../../../shared/ipc/contract';
import { useOptionsStore } from '../../store/optionsStore';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import shared from '../../ui/shared.module.css';
import { Board } from './Board';
import { RecentRuns } from './RecentRuns';
import { StandingCard } from './StandingCard';
import { Story } from './Story';

/** Where every engine stands, what to do next, and what was measured last. */
export function OverviewScreen({ catalog }: { catalog: Catalog }) {
  const runs = useRecentRunsStore((state) => state.runs);
  const experiments = useOptionsStore((state) => state.experiments);
  useEffect(() => {
    void useRecentRunsStore.getState().refresh();
  }, []);
  return (
    <section className={shared.screen} aria-label="Overview">
      <h1 className={shared.visuallyHidden}>Overview</h1>
      {runs && (
        <>
          <StandingCard catalog={catalog} runs={runs} />
          <Board catalog={catalog} runs={runs} />
          <Story runs={runs} hasExperiment={(experiments ?? []).length > 0} />
          <RecentRuns runs={runs} />
        </>
      )}
    </section>
  );
}
