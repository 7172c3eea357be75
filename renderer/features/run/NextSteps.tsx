import type { RunDocument } from '../../../shared/run/document';
import type { RunView } from '../../../shared/run/reducer';
import { runCommand } from '../../commands/commandActions';
import { chosenRun, useCatalogStore } from '../../store/catalogStore';
import { useCompareStore } from '../../store/compareStore';
import { useOpenedRunStore } from '../../store/openedRunStore';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import { useRunStore } from '../../store/runStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';
import { AgainIcon, BaselineIcon, ClimbIcon, CompareIcon, type Icon, OptionsIcon, ProfileIcon } from '../../ui/icons';
import { baselineOf } from './baseline';
import { type NextStep, nextSteps } from './nextSteps';
import styles from './VerdictCard.module.css';

const names: Record<NextStep, { name: string; icon: Icon }> = {
  again: { name: 'Run again', icon: AgainIcon },
  compare: { name: 'Compare', icon: CompareIcon },
  climb: { name: 'Climb the levels', icon: ClimbIcon },
  profile: { name: 'Run with a CPU profile', icon: ProfileIcon },
  baseline: { name: 'Set as baseline', icon: BaselineIcon },
  options: { name: 'Compare the options', icon: OptionsIcon },
};

/**
 * Starts the run again: with the input of the last start, or with the current choices if this window did not start it.
 */
function runAgain({ scenario }: RunDocument, takesProfile?: boolean): void {
  const { lastStart, start } = useRunStore.getState();
  const input =
    lastStart?.scenario === scenario.id
      ? lastStart
      : chosenRun({ ...useCatalogStore.getState(), levelId: scenario.id }, scenario);
  void start(takesProfile === undefined ? input : { ...input, takesProfile });
}

/** Compares the run with its baseline. Without a baseline, it becomes the first run of a comparison. */
function compare(id: string, baselineId: string | undefined): void {
  const { add, compare: compareRuns } = useCompareStore.getState();
  void (baselineId === undefined ? add(id) : compareRuns([baselineId, id]));
  useScreenStore.getState().show('compare');
}

async function saveAsBaseline(id: string): Promise<void> {
  await useOpenedRunStore.getState().setBaseline(id, true);
  await useRecentRunsStore.getState().refresh();
}

/** The next steps after a run, most helpful first. */
export function NextSteps({ view, document }: { view: RunView; document: RunDocument }) {
  const runs = useRecentRunsStore((state) => state.runs);
  const pending = useRunStore((state) => state.pending);
  const { id } = document;
  const isBaseline = runs?.some((run) => run.id === id && run.isBaseline) === true;
  const act: Record<NextStep, () => void> = {
    again: () => runAgain(document),
    compare: () => compare(id, baselineOf(view, runs)?.id),
    climb: () => runCommand('climb'),
    profile: () => runAgain(document, true),
    baseline: () => void saveAsBaseline(id),
    options: () => useScreenStore.getState().show('options'),
  };
  return (
    <div className={styles.steps}>
      {nextSteps({ document, isSaved: view.saved, isBaseline }).map((step) => (
        <Button key={step} size="small" icon={names[step].icon} disabled={pending === 'start'} onClick={act[step]}>
          {names[step].name}
        </Button>
      ))}
    </div>
  );
}
