import { useEffect } from 'react';
import { comparisonText } from '../../../shared/report/status';
import { differenceSentence } from '../../../shared/report/wording/describeComparison';
import type { RunSummary } from '../../../shared/run/summary';
import { useBoardStore } from '../../store/boardStore';
import { useCompareStore } from '../../store/compareStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { RelativeTime } from '../../ui/RelativeTime';
import shared from '../../ui/shared.module.css';
import styles from './overview.module.css';

const names = { run: 'This run', base: 'its baseline' };

/** The last run after each baseline and its P95 difference, worst first. Nothing is compared during a run. */
export function BaselineChanges({ runs }: { runs: readonly RunSummary[] }) {
  const running = useRunStore((state) => isRunning(state.view));
  const changes = useBoardStore((state) => state.changes);
  useEffect(() => {
    if (!running) void useBoardStore.getState().loadChanges(runs);
  }, [runs, running]);
  const compare = (baseId: string, id: string): void => {
    void useCompareStore.getState().compare([baseId, id]);
    useScreenStore.getState().show('compare');
  };
  return (
    <Card title="Compared with baselines">
      {changes === undefined && <p className={shared.quiet}>Comparing …</p>}
      {changes?.length === 0 && (
        <p className={shared.quiet}>
          No runs since a baseline was set. Set a run as the baseline of its scenario and target, and later runs are
          compared with it here.
        </p>
      )}
      <ul className={styles.changes}>
        {changes?.map(({ base, run, delta }) => {
          const { mark, word } = comparisonText(delta.outcome);
          return (
            <li key={`${base.id} ${run.id}`} data-outcome={delta.outcome}>
              <span className={styles.outcome}>
                {mark} {word}
              </span>
              <span className={styles.change}>
                <span>
                  {run.name ?? run.scenarioName} on {run.target}{' '}
                  <span className={shared.quiet}>
                    <RelativeTime at={run.startedAt} />
                  </span>
                </span>
                <span className={shared.quiet}>{differenceSentence(delta, names)}</span>
              </span>
              <Button size="small" onClick={() => compare(base.id, run.id)}>
                Compare <span className={shared.visuallyHidden}>with the baseline on {run.target}</span>
              </Button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
