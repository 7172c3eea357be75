import { Suspense, useEffect } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { fromFragment } from '../../shared/ipc/windowRequest';
import { api, settle } from '../api/client';
import { HistoryScreen } from '../features/history/HistoryScreen';
import { OverviewScreen } from '../features/overview/OverviewScreen';
import { RunScreen } from '../features/run/RunScreen';
import { useCatalogStore } from '../store/catalogStore';
import { useNoticeStore } from '../store/noticeStore';
import { useOptionsStore } from '../store/optionsStore';
import { usePreferenceStore } from '../store/preferenceStore';
import { useRunStore } from '../store/runStore';
import { useScenarioStore } from '../store/scenarioStore';
import { useScreenStore } from '../store/screenStore';
import { ErrorNote } from '../ui/ErrorNote';
import { BrokenScreen } from './BrokenScreen';
import { handleRequest } from './handleRequest';
import { KeySheet } from './KeySheet';
import { Navigation } from './Navigation';
import { Notice } from './Notice';
import { Palette } from './Palette';
import {
  CompareScreen,
  IntegrityScreen,
  loadScreensWhenIdle,
  OptionsScreen,
  ScenariosScreen,
  SettingsScreen,
} from './screens';
import { useFileDrop } from './useFileDrop';
import { useKeyboard } from './useKeyboard';
import { WindowTitle } from './WindowTitle';

/** A history that was repaired at the start is not passed over in silence. */
async function tellOfRepair(): Promise<void> {
  const { say, fail } = useNoticeStore.getState();
  await settle(
    api.getHistoryState(undefined),
    ({ repair }) => {
      if (repair !== undefined) say(repair, true);
    },
    fail,
  );
}

/** The run that goes on, or was the last of this app, is what a window that is opened shows. */
async function loadRun(): Promise<void> {
  await useRunStore.getState().load();
  const { screen, show } = useScreenStore.getState();
  if (useRunStore.getState().view.run && screen === 'overview') show('run');
}

export function App() {
  const screen = useScreenStore((state) => state.screen);
  const sheet = useScreenStore((state) => state.sheet);
  const catalog = useCatalogStore((state) => state.catalog);
  const error = useCatalogStore((state) => state.error);
  useKeyboard();
  useFileDrop();
  useEffect(() => {
    void useCatalogStore.getState().load();
    void loadRun();
    void useOptionsStore.getState().load();
    void useScenarioStore.getState().load();
    void usePreferenceStore.getState().load();
    void tellOfRepair();
    loadScreensWhenIdle();
    const request = fromFragment(location.hash);
    if (request) handleRequest(request);
  }, []);

  return (
    <div className="app" data-ready={catalog !== undefined}>
      <Navigation />
      {/* A run that cannot be named is the business of the screen that shows it. */}
      <ErrorBoundary fallback={null}>
        <WindowTitle />
      </ErrorBoundary>
      <main className="app-main">
        {error && <ErrorNote error={error} />}
        <Notice />
        <ErrorBoundary FallbackComponent={BrokenScreen} resetKeys={[screen]}>
          <Suspense>
            {catalog && screen === 'overview' && <OverviewScreen catalog={catalog} />}
            {catalog && screen === 'run' && <RunScreen catalog={catalog} />}
            {catalog && screen === 'scenarios' && <ScenariosScreen catalog={catalog} />}
            {catalog && screen === 'options' && <OptionsScreen catalog={catalog} />}
            {catalog && screen === 'history' && <HistoryScreen />}
            {catalog && screen === 'compare' && <CompareScreen />}
            {catalog && screen === 'integrity' && <IntegrityScreen catalog={catalog} />}
            {screen === 'settings' && <SettingsScreen />}
          </Suspense>
        </ErrorBoundary>
      </main>
      {sheet === 'keys' && <KeySheet />}
      {/* At hand, and not loaded when it is asked for: what is typed before it is there would be commands. */}
      {sheet === 'palette' && <Palette />}
    </div>
  );
}
