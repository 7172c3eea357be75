import { readFileSync } from 'node:fs';
import { nativeTheme } from 'electron';
import type { SavedFilter } from '../../shared/history/runQuery';
import {
  noOutputs,
  type OutputSettings,
  type Preferences,
  preferencesSchema,
  type Theme,
  type Timeline,
} from '../../shared/ipc/preferences';
import { writeWhole } from '../system/writeWhole';

const defaults: Preferences = {
  theme: 'system',
  historyBudgetMb: null,
  savedFilters: [],
  timeline: {},
  outputs: noOutputs,
};

function read(path: string): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return defaults;
  }
}

/** What the user has chosen for all windows; the defaults where nothing readable is kept. */
export class PreferenceStore {
  readonly #path: string;
  #current: Preferences;

  /** Hears of each change, after it. */
  onChange: () => void = () => {};

  constructor(path: string) {
    this.#path = path;
    this.#current = read(path);
    nativeTheme.themeSource = this.#current.theme;
  }

  get current(): Preferences {
    return this.#current;
  }

  /** Throws `data-folder-unusable` when it can't be kept; it is in force all the same. */
  setTheme(theme: Theme): void {
    nativeTheme.themeSource = theme;
    this.#change({ theme });
  }

  /** Throws as {@link setTheme} does. */
  setHistoryBudget(historyBudgetMb: number | null): void {
    this.#change({ historyBudgetMb });
  }

  /** Which lanes timelines have, and how high they are. Throws as {@link setTheme} does. */
  setTimeline(timeline: Timeline): void {
    this.#change({ timeline });
  }

  /** Where the figures of runs go. Throws as {@link setTheme} does. */
  setOutputs(outputs: OutputSettings): void {
    this.#change({ outputs });
  }

  /** Keeps a filter in the place of one with the same name. Throws as {@link setTheme} does. */
  saveFilter(saved: SavedFilter): void {
    this.#change({ savedFilters: [...this.#filtersBut(saved.name), saved] });
  }

  /** Throws as {@link setTheme} does. */
  deleteFilter(name: string): void {
    this.#change({ savedFilters: this.#filtersBut(name) });
  }

  #filtersBut(name: string): SavedFilter[] {
    return this.#current.savedFilters.filter((saved) => saved.name !== name);
  }

  #change(changed: Partial<Preferences>): void {
    this.#current = { ...this.#current, ...changed };
    this.onChange();
    writeWhole(this.#path, JSON.stringify(this.#current), 'the settings of the window');
  }
}
