import { useEffect } from 'react';
import { HistoryScreen } from '../features/history/HistoryScreen';
import { IntegrityScreen } from '../features/integrity/IntegrityScreen';
import { OptionsScreen } from '../features/options/OptionsScreen';
import { RunScreen } from '../features/run/RunScreen';
import { SettingsScreen } from '../features/settings/SettingsScreen';
import { useCatalogStore } from '../store/catalogStore';
import { useOptionsStore } from '../store/optionsStore';
import { useRunStore } from '../store/runStore';
import { useScreenStore } from '../store/screenStore';
import { ErrorNote } from '../ui/ErrorNote';
import { KeySheet } from './KeySheet';
import { Navigation } from './Navigation';
import { useKeyboard } from './useKeyboard';

export function App() {
  const screen = useScreenStore((state) => state.screen);
  const catalog = useCatalogStore((state) => state.catalog);
  const error = useCatalogStore((state) => state.error);
  useKeyboard();
  useEffect(() => {
    void useCatalogStore.getState().load();
    void useRunStore.getState().load();
    void useOptionsStore.getState().load();
  }, []);

  return (
    <div className="app" data-ready={catalog !== undefined}>
      <Navigation />
      <main className="app-main">
        {error && <ErrorNote error={error} />}
        {catalog && screen === 'run' && <RunScreen catalog={catalog} />}
        {catalog && screen === 'options' && <OptionsScreen catalog={catalog} />}
        {catalog && screen === 'history' && <HistoryScreen />}
        {catalog && screen === 'integrity' && <IntegrityScreen catalog={catalog} />}
        {screen === 'settings' && <SettingsScreen />}
      </main>
      <KeySheet />
    </div>
  );
}
