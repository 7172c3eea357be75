import { useEffect } from 'react';
import { levelMark } from '../../shared/scenario/describe';
import { chosenRun, useCatalogStore } from '../store/catalogStore';
import { useCompareStore } from '../store/compareStore';
import { useHistoryListStore } from '../store/historyListStore';
import { useHistoryStore } from '../store/historyStore';
import { isRunning, useRunStore } from '../store/runStore';
import { useScreenStore } from '../store/screenStore';

/** The keys, for the handler and for the sheet that lists them. */
export const keys = [
  { key: 'R', does: 'run the chosen level' },
  { key: 'S', does: 'stop the run' },
  { key: '0-6', does: 'choose a level' },
  { key: 'O', does: 'options and experiments' },
  { key: 'H', does: 'history' },
  { key: 'C', does: 'compare runs' },
  { key: 'B', does: 'make the run that is open the baseline' },
  { key: 'I', does: 'integrity of the engines' },
  { key: 'G', does: 'go to the run' },
  { key: '?', does: 'show or hide the keys' },
] as const;

function runChosen(): void {
  const { view, start } = useRunStore.getState();
  if (!isRunning(view)) void start(chosenRun(useCatalogStore.getState()));
}

function chooseLevelByNumber(digit: string): void {
  const { catalog, chooseLevel } = useCatalogStore.getState();
  const level = catalog?.levels.find((candidate) => levelMark(candidate) === digit);
  if (level) chooseLevel(level.id);
}

/** Those that are selected in the history, or the runs that stand side by side already. */
function compareChosen(): void {
  const { selected } = useHistoryListStore.getState();
  const { screen, show } = useScreenStore.getState();
  if (screen === 'history' && selected.size > 1) void useCompareStore.getState().compare([...selected].sort());
  show('compare');
}

function makeBaseline(): void {
  const { summary, setBaseline } = useHistoryStore.getState();
  if (summary && useScreenStore.getState().screen === 'history') void setBaseline(summary.id, !summary.isBaseline);
}

function press(key: string): void {
  const { show, toggleKeys } = useScreenStore.getState();
  switch (key.toLowerCase()) {
    case 'r':
      show('run');
      runChosen();
      break;
    case 's':
      if (isRunning(useRunStore.getState().view)) void useRunStore.getState().stop();
      break;
    case 'o':
      show('options');
      break;
    case 'h':
      show('history');
      break;
    case 'c':
      compareChosen();
      break;
    case 'b':
      makeBaseline();
      break;
    case 'i':
      show('integrity');
      break;
    case 'g':
      show('run');
      break;
    case '?':
      toggleKeys();
      break;
    default:
      if (/^\d$/.test(key)) chooseLevelByNumber(key);
  }
}

/** Listens for the keys wherever no text is being typed. */
export function useKeyboard(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const typing =
        event.target instanceof HTMLElement &&
        event.target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select');
      if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) press(event.key);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
