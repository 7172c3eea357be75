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

/** Tells the user about a history that was repaired at the start. */
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

/** A new window shows the current run, or the last one of this app. */
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
      {/* If the title of a run can't be built, only the screen that shows the run reports the error. */}
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
      {/* Loaded in advance, because keys that are typed before it appears would be commands. */}
      {sheet === 'palette' && <Palette />}
    </div>
  );
}
