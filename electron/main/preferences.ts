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

/** The user's preferences for all windows. The defaults apply when the file is missing or unreadable. */
export class PreferenceStore {
  readonly #path: string;
  #current: Preferences;

  /** Called after each change. */
  onChange: () => void = () => {};

  constructor(path: string) {
    this.#path = path;
    this.#current = read(path);
    nativeTheme.themeSource = this.#current.theme;
  }

  get current(): Preferences {
    return this.#current;
  }

  /** Throws `data-folder-unusable` when it can't be saved. It takes effect anyway. */
  setTheme(theme: Theme): void {
    nativeTheme.themeSource = theme;
    this.#change({ theme });
  }

  /** Throws as {@link setTheme} does. */
  setHistoryBudget(historyBudgetMb: number | null): void {
    this.#change({ historyBudgetMb });
  }

  /** Sets the lanes of timelines and their height. Throws as {@link setTheme} does. */
  setTimeline(timeline: Timeline): void {
    this.#change({ timeline });
  }

  /** Sets where runs send their metrics. Throws as {@link setTheme} does. */
  setOutputs(outputs: OutputSettings): void {
    this.#change({ outputs });
  }

  /** Saves a filter and replaces one with the same name. Throws as {@link setTheme} does. */
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
