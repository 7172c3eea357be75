import type { CommandId } from '../../shared/commands/commands';
import type { Result } from '../../shared/errors/appError';
import type { Theme } from '../../shared/ipc/preferences';
import { runLink } from '../../shared/ipc/windowRequest';
import { api, settle } from '../api/client';
import { chosenClimb, chosenRun, useCatalogStore } from '../store/catalogStore';
import { useCompareStore } from '../store/compareStore';
import { useHistoryListStore } from '../store/historyListStore';
import { useImportStore } from '../store/importStore';
import { useNoticeStore } from '../store/noticeStore';
import { useOpenedRunStore } from '../store/openedRunStore';
import { usePreferenceStore } from '../store/preferenceStore';
import { isRunning, useRunStore } from '../store/runStore';
import { useScenarioStore } from '../store/scenarioStore';
import { type Screen, useScreenStore } from '../store/screenStore';

interface CommandAction {
  run(): void;
  /** Whether the command would do anything now. */
  isAvailable(): boolean;
}

function always(run: () => void): CommandAction {
  return { run, isAvailable: () => true };
}

function running(): boolean {
  return isRunning(useRunStore.getState().view);
}

/** The saved run that is shown. */
function shownRun(): string | undefined {
  const { screen } = useScreenStore.getState();
  if (screen === 'history') return useOpenedRunStore.getState().summary?.id;
  const { document, saved } = useRunStore.getState().view;
  return screen === 'run' && saved ? document?.id : undefined;
}

function tell<T>(call: Promise<Result<T>>, message: (value: T) => string | undefined): void {
  const { say, fail } = useNoticeStore.getState();
  void settle(
    call,
    (value) => {
      const said = message(value);
      if (said !== undefined) say(said);
    },
    fail,
  );
}

function ofShownRun(run: (id: string) => void): CommandAction {
  return {
    run: () => {
      const id = shownRun();
      if (id !== undefined) run(id);
    },
    isAvailable: () => shownRun() !== undefined,
  };
}

function toScreen(screen: Screen): CommandAction {
  return always(() => useScreenStore.getState().show(screen));
}

function toTheme(theme: Theme): CommandAction {
  return always(() => void usePreferenceStore.getState().setTheme(theme));
}

/** Compares the runs selected in the history, else the runs that are compared already. */
function compareChosen(): void {
  const { selected } = useHistoryListStore.getState();
  const { screen, show } = useScreenStore.getState();
  if (screen === 'history' && selected.size > 1) void useCompareStore.getState().compare([...selected].sort());
  show('compare');
}

/** Opens a saved run in this window. */
export function openRun(id: string): void {
  useScreenStore.getState().show('history');
  void useOpenedRunStore.getState().open(id);
}

/** Starts the run that is set up on the Run screen. */
function startChosen(): void {
  const state = useCatalogStore.getState();
  const scenarios = [...(state.catalog?.levels ?? []), ...useScenarioStore.getState().kept.scenarios];
  const chosen = scenarios.find(({ id }) => id === state.levelId);
  if (chosen) void useRunStore.getState().start(chosenRun(state, chosen));
}

/** The action of each command in this window. */
export const commandActions: Record<CommandId, CommandAction> = {
  'new-scenario': always(() => {
    useScreenStore.getState().show('scenarios');
    useScenarioStore.getState().create();
  }),
  'open-sample': always(() => {
    useScreenStore.getState().show('history');
    void useOpenedRunStore.getState().openSample();
  }),
  import: always(() => {
    useScreenStore.getState().show('history');
    void useImportStore.getState().choose();
  }),
  'export-page': ofShownRun((id) =>
    tell(api.exportRun({ id, format: 'html' }), (file) => (file === null ? undefined : `Saved as ${file}`)),
  ),
  'copy-text': ofShownRun((id) => tell(api.copyRun({ id, format: 'text' }), () => 'Run copied to the clipboard.')),
  'copy-markdown': ofShownRun((id) =>
    tell(api.copyRun({ id, format: 'markdown' }), () => 'Run copied to the clipboard as Markdown.'),
  ),
  'copy-link': ofShownRun((id) => tell(api.copyText({ text: runLink(id) }), () => 'Link copied to the clipboard.')),
  'new-window': always(() => tell(api.openWindow({}), () => undefined)),
  'show-settings': toScreen('settings'),
  start: {
    run: () => {
      useScreenStore.getState().show('run');
      startChosen();
    },
    isAvailable: () => !running(),
  },
  stop: { run: () => void useRunStore.getState().stop(), isAvailable: running },
  climb: {
    run: () => {
      useScreenStore.getState().show('run');
      void useRunStore.getState().climb(chosenClimb(useCatalogStore.getState()));
    },
    isAvailable: () => !running(),
  },
  quick: always(() => {
    const { quick, setQuick } = useCatalogStore.getState();
    setQuick(!quick);
  }),
  calibrate: {
    run: () => {
      useScreenStore.getState().show('run');
      void useCatalogStore.getState().calibrate();
    },
    isAvailable: () => !running(),
  },
  baseline: {
    run: () => {
      const { summary, setBaseline } = useOpenedRunStore.getState();
      if (summary) void setBaseline(summary.id, !summary.isBaseline);
    },
    isAvailable: () =>
      useScreenStore.getState().screen === 'history' && useOpenedRunStore.getState().summary !== undefined,
  },
  'show-overview': toScreen('overview'),
  'show-run': toScreen('run'),
  'show-scenarios': toScreen('scenarios'),
  'show-options': toScreen('options'),
  'show-history': toScreen('history'),
  'show-compare': always(compareChosen),
  'show-integrity': toScreen('integrity'),
  'theme-dark': toTheme('dark'),
  'theme-light': toTheme('light'),
  'theme-system': toTheme('system'),
  palette: always(() => useScreenStore.getState().toggleSheet('palette')),
  keys: always(() => useScreenStore.getState().toggleSheet('keys')),
};

/** Runs a command, if it would do anything now. */
export function runCommand(id: CommandId): void {
  const action = commandActions[id];
  if (action.isAvailable()) action.run();
}
