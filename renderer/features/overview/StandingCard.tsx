import type { Catalog } from '../../../shared/ipc/contract';
import { type NextMeasurement, standingOf } from '../../../shared/ladder/standing';
import type { RunSummary } from '../../../shared/run/summary';
import { runCommand } from '../../commands/commandActions';
import { useCatalogStore } from '../../store/catalogStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';
import { OptionsIcon, PlayIcon } from '../../ui/icons';
import styles from './overview.module.css';

function act(next: NextMeasurement): void {
  if (next.kind === 'options') {
    useScreenStore.getState().show('options');
    return;
  }
  const { chooseLevel, chooseEngine } = useCatalogStore.getState();
  chooseLevel(next.levelId);
  chooseEngine(next.engine);
  runCommand('start');
}

/** The state of knowledge in one sentence, with the next step as the only button. */
export function StandingCard({ catalog, runs }: { catalog: Catalog; runs: readonly RunSummary[] }) {
  const running = useRunStore((state) => isRunning(state.view));
  const standing = standingOf({ ...catalog, runs });
  if (!standing) return null;
  const { sentence, next } = standing;
  return (
    <section className={styles.standing} aria-label="Next step">
      <p className={styles.sentence}>{sentence}</p>
      <Button
        variant="primary"
        size="large"
        icon={next.kind === 'options' ? OptionsIcon : PlayIcon}
        disabled={running}
        onClick={() => act(next)}
      >
        {next.kind === 'options' ? 'Compare the options' : next.label}
      </Button>
    </section>
  );
}
