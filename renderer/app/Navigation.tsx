import { printedKey } from '../../shared/commands/keys';
import { useCatalogStore } from '../store/catalogStore';
import { useOptionsStore } from '../store/optionsStore';
import { isRunning, useRunStore } from '../store/runStore';
import { type Screen, screens, useScreenStore } from '../store/screenStore';
import { Button } from '../ui/Button';
import {
  CompareIcon,
  HistoryIcon,
  type Icon,
  IntegrityIcon,
  OptionsIcon,
  OverviewIcon,
  RunIcon,
  ScenariosIcon,
  SettingsIcon,
} from '../ui/icons';
import { BrandMark } from './BrandMark';
import styles from './Navigation.module.css';
import { isMac } from './platform';

const entries: Record<Screen, { name: string; icon: Icon }> = {
  overview: { name: 'Overview', icon: OverviewIcon },
  run: { name: 'Run', icon: RunIcon },
  scenarios: { name: 'Scenarios', icon: ScenariosIcon },
  options: { name: 'Options', icon: OptionsIcon },
  history: { name: 'History', icon: HistoryIcon },
  compare: { name: 'Compare', icon: CompareIcon },
  integrity: { name: 'Integrity', icon: IntegrityIcon },
  settings: { name: 'Settings', icon: SettingsIcon },
};

/** Marks a screen that is not shown and has work in progress. */
function GoingOn({ label }: { label: string }) {
  return <span className={styles.goingOn} role="img" aria-label={label} />;
}

export function Navigation() {
  const current = useScreenStore((state) => state.screen);
  const show = useScreenStore((state) => state.show);
  const toggleSheet = useScreenStore((state) => state.toggleSheet);
  const running = useRunStore((state) => isRunning(state.view));
  const measuring = useOptionsStore((state) => state.progress !== undefined);
  const environment = useCatalogStore((state) => state.catalog?.environment);

  return (
    <nav className={styles.navigation} aria-label="Screens">
      <div className={styles.brand}>
        <BrandMark />
        Proofload
      </div>
      {screens.map((screen) => {
        const { name, icon: ScreenIcon } = entries[screen];
        return (
          <button
            key={screen}
            type="button"
            className={styles.item}
            aria-current={screen === current ? 'page' : undefined}
            onClick={() => show(screen)}
          >
            <ScreenIcon size={16} className={styles.icon} />
            <span className={styles.name}>{name}</span>
            {screen === 'run' && running && <GoingOn label="a run is in progress" />}
            {screen === 'options' && measuring && <GoingOn label="an experiment is in progress" />}
          </button>
        );
      })}
      <div className={styles.foot} data-varies>
        {environment?.sqliteBuild === 'fallback' && (
          <p>Fallback Electron 33, out of support: for tests and demonstrations only.</p>
        )}
        {environment && (
          <p>
            {environment.runtime}
            <br />
            SQLite {environment.sqlite}
            <br />
            {environment.cores} cores
          </p>
        )}
        <Button variant="link" onClick={() => toggleSheet('palette')}>
          Commands <kbd>{printedKey('CmdOrCtrl+K', isMac)}</kbd>
        </Button>
        <Button variant="link" onClick={() => toggleSheet('keys')}>
          Shortcuts <kbd>?</kbd>
        </Button>
      </div>
    </nav>
  );
}
