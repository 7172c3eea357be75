import { printedKey } from '../../shared/commands/keys';
import { useCatalogStore } from '../store/catalogStore';
import { useOptionsStore } from '../store/optionsStore';
import { isRunning, useRunStore } from '../store/runStore';
import { type Screen, screens, useScreenStore } from '../store/screenStore';
import { isMac } from './platform';

const screenNames: Record<Screen, string> = {
  run: 'Run',
  scenarios: 'Scenarios',
  options: 'Options',
  history: 'History',
  compare: 'Compare',
  integrity: 'Integrity',
  settings: 'Settings',
};

export function Navigation() {
  const current = useScreenStore((state) => state.screen);
  const show = useScreenStore((state) => state.show);
  const toggleSheet = useScreenStore((state) => state.toggleSheet);
  const running = useRunStore((state) => isRunning(state.view));
  const measuring = useOptionsStore((state) => state.progress !== undefined);
  const environment = useCatalogStore((state) => state.catalog?.environment);

  return (
    <nav className="navigation" aria-label="Screens">
      <div className="brand">Proofload</div>
      {screens.map((screen) => (
        <button
          key={screen}
          type="button"
          className="navigation-item"
          aria-current={screen === current ? 'page' : undefined}
          onClick={() => show(screen)}
        >
          {screenNames[screen]}
          {screen === 'run' && running && <span className="going-on" role="img" aria-label="a run is in progress" />}
          {screen === 'options' && measuring && (
            <span className="going-on" role="img" aria-label="an experiment is in progress" />
          )}
        </button>
      ))}
      <div className="navigation-foot">
        {environment?.sqliteBuild === 'fallback' && (
          <p className="quiet">Fallback Electron 33, out of support: for tests and demonstrations only.</p>
        )}
        {environment && (
          <p className="quiet">
            {environment.runtime}
            <br />
            SQLite {environment.sqlite}
            <br />
            {environment.cores} cores
          </p>
        )}
        <button type="button" className="link" onClick={() => toggleSheet('palette')}>
          Commands <kbd>{printedKey('CmdOrCtrl+K', isMac)}</kbd>
        </button>
        <button type="button" className="link" onClick={() => toggleSheet('keys')}>
          Shortcuts <kbd>?</kbd>
        </button>
      </div>
    </nav>
  );
}
