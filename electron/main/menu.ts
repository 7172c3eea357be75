import { Menu, type MenuItemConstructorOptions } from 'electron';
import {
  type CommandGroup,
  type CommandId,
  commandGroups,
  commandIds,
  describeCommand,
  groupTitles,
} from '../../shared/commands/commands';
import type { Theme } from '../../shared/ipc/preferences';
import type { RunSummary } from '../../shared/run/summary';
import { formatTime } from '../../shared/units/format';
import type { HistoryStore } from '../history/historyStore';
import type { PreferenceStore } from './preferences';
import type { Windows } from './windows';

/** The number of recent runs in the menu. */
const recentRuns = 10;

interface MenuContent {
  theme: Theme;
  /** Newest first. */
  runs: readonly RunSummary[];
  onCommand(id: CommandId): void;
  onOpenRun(id: string): void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };
const isMac = process.platform === 'darwin';

/** The system items of each menu, besides the commands of the app. */
const systemItems: Record<CommandGroup, MenuItemConstructorOptions[]> = {
  file: [separator, isMac ? { role: 'close' } : { role: 'quit' }],
  run: [],
  view: [
    separator,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
  ],
  help: [],
};

function commandItem(id: CommandId, { theme, onCommand }: MenuContent): MenuItemConstructorOptions {
  const { title, key } = describeCommand(id);
  return {
    label: title,
    click: () => onCommand(id),
    // The window handles the keys itself, because some of them are plain letters. The menu only shows them.
    ...(key === undefined ? {} : { accelerator: key, registerAccelerator: false }),
    ...(id.startsWith('theme-') ? { type: 'radio', checked: id === `theme-${theme}` } : {}),
  };
}

function recentItems({ runs, onOpenRun }: MenuContent): MenuItemConstructorOptions {
  return {
    label: 'Recent runs',
    enabled: runs.length > 0,
    submenu: runs.map(({ id, startedAt, name, scenarioName, target }) => ({
      label: `${name ?? scenarioName} on ${target}, ${formatTime(startedAt)}`,
      click: () => onOpenRun(id),
    })),
  };
}

function buildMenu(content: MenuContent): Menu {
  const menus = commandGroups.map((group): MenuItemConstructorOptions => {
    const items = commandIds.filter((id) => describeCommand(id).group === group).map((id) => commandItem(id, content));
    const recent = group === 'file' ? [separator, recentItems(content)] : [];
    return { label: groupTitles[group], submenu: [...items, ...recent, ...systemItems[group]] };
  });
  const [file, ...others] = menus;
  return Menu.buildFromTemplate([
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    ...(file ? [file] : []),
    { role: 'editMenu' },
    ...others,
    ...(isMac ? [{ role: 'windowMenu' as const }] : []),
  ]);
}

/** The menu of the app: all commands, the items that systems expect, and the latest runs. */
export class AppMenu {
  readonly #windows: Windows;
  readonly #preferences: PreferenceStore;
  /** Undefined while the app starts: the menu has its place before there is a history. */
  history: Pick<HistoryStore, 'list'> | undefined;

  constructor(windows: Windows, preferences: PreferenceStore) {
    this.#windows = windows;
    this.#preferences = preferences;
  }

  /** Rebuilds the menu from the current state. */
  show(): void {
    const menu = buildMenu({
      theme: this.#preferences.current.theme,
      runs: this.history?.list({ limit: recentRuns }) ?? [],
      onCommand: (id) => {
        if (id === 'new-window') this.#windows.open();
        else this.#windows.request({ kind: 'command', id });
      },
      onOpenRun: (runId) => this.#windows.request({ kind: 'open-run', runId }),
    });
    Menu.setApplicationMenu(menu);
  }
}
