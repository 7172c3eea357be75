import { statSync } from 'node:fs';
import type { DataFile } from '../../../shared/scenario/dataFiles';
import type { Random } from '../../../shared/statistics/random';
import type { Shard } from '../schedule/shard';
import { dataError } from './dataError';
import type { DataRow, RowFile } from './rowFile';
import { readRows } from './rows';

/** Whether there is a row for the next iteration: now, later, or never again. */
export type SupplyState = 'ready' | 'waiting' | 'ended';

/** What became of the rows of a data file. */
export interface RowUse {
  /** How many rows the file has; null where it was not read to its end. */
  rows: number | null;
  /** How many rows iterations had, each as often as it was used. */
  used: number;
  /** How often reading began again at the first row because none was left. */
  wraps: number;
  /** Whether an iteration found no row. */
  isExhausted: boolean;
  /** Whether the file changed after its first row was read. */
  hasChanged: boolean;
  /** How many iterations had to wait until their row was read. */
  waits: number;
}

export interface SupplyOptions {
  file: RowFile;
  mode: DataFile['mode'];
  whenExhausted: NonNullable<DataFile['whenExhausted']>;
  shard: Shard;
  /** Says for each row in its order whether this process has it, of the mode `once`. */
  isOwn(): boolean;
  random: Random;
  /** How many rows and characters of them are in memory at most. */
  most?: { rows: number; characters: number };
}

/** Of files that are read as they are used, enough for seconds of any load. */
const mostAhead = { rows: 100_000, characters: 16 * 2 ** 20 };
/** Rows that are drawn at random must all be there. */
const mostDrawn = { rows: 2_000_000, characters: 128 * 2 ** 20 };

/** Which file a path leads to, and as of when. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino}/${found.size}/${found.mtimeMs}` : 'gone';
}

function charactersOf(row: DataRow): number {
  return row.reduce<number>((sum, cell) => sum + String(cell).length, 0);
}

/**
 * The rows that iterations of one load process have of one data file. A file of moderate size is in memory before the
 * load begins. Of a larger one so many rows are read ahead that an iteration finds its row there; where reading does not
 * keep up, the iteration waits, and the wait is in its response time.
 */
export class RowSupply {
  readonly #options: SupplyOptions;
  readonly #stamp: string;
  /** All rows, where they are in memory and used again and again. */
  #all: readonly DataRow[] | undefined;
  /** Rows that are read and not used yet, from {@link #next} on. */
  #ahead: DataRow[] = [];
  #next = 0;
  #mostAhead = 0;
  /** Of `once` with all rows in memory, to begin again with. */
  #own: readonly DataRow[] | undefined;
  #hasEnded = false;
  #isClosed = false;
  #fault: unknown;
  #resumeReading: (() => void) | undefined;
  #onChange: () => void = () => {};
  #rows: number | null = null;
  #used = 0;
  #wraps = 0;
  #isExhausted = false;
  #hasChanged = false;
  #waits = 0;
  #turn: number;

  constructor(options: SupplyOptions) {
    this.#options = options;
    this.#stamp = stampOf(options.file.path);
    this.#turn = -1;
  }

  /** Reads the file, or so much of it as is kept ahead. `onChange` hears when a row has come that was waited for. */
  async load(onChange: () => void): Promise<void> {
    this.#onChange = onChange;
    const { file, mode } = this.#options;
    const most = this.#options.most ?? (mode === 'random' ? mostDrawn : mostAhead);
    const reading = readRows(file);
    const first: DataRow[] = [];
    let characters = 0;
    for (;;) {
      const { value, done } = await reading.next();
      if (done) break;
      first.push(value);
      characters += charactersOf(value);
      if (first.length < most.rows && characters < most.characters) continue;
      if (mode === 'random') {
        await reading.return(undefined);
        throw dataError(
          file.file,
          `has more rows than can be drawn at random: ${first.length.toLocaleString('en')} of them are in memory at most, or ${Math.round(most.characters / 2 ** 20)} MB`,
          'use the mode "in-turn" or "once", which read it as they go on',
        );
      }
      this.#goOnReading(reading, first);
      return;
    }
    this.#keepAll(first);
  }

  /** Why no row comes any more, where something is wrong with the file. */
  get fault(): unknown {
    return this.#fault;
  }

  /** Whether {@link take} has a row for an iteration that wants one now. */
  state(): SupplyState {
    if (this.#all || this.#next < this.#ahead.length) return 'ready';
    if (this.#own && this.#options.whenExhausted === 'wrap' && this.#own.length > 0) {
      this.#wraps += 1;
      this.#ahead = [...this.#own];
      this.#next = 0;
      return 'ready';
    }
    if (this.#hasEnded || this.#fault !== undefined) {
      this.#isExhausted ||= this.#fault === undefined;
      return 'ended';
    }
    this.#waits += 1;
    return 'waiting';
  }

  /** The row for an iteration, where the state is `ready`. */
  take(): DataRow {
    const { shard, mode, random } = this.#options;
    this.#used += 1;
    if (this.#all) {
      if (mode === 'random') return rowAt(this.#all, Math.floor(random() * this.#all.length));
      this.#turn = this.#turn < 0 ? shard.index : this.#turn + shard.count;
      return rowAt(this.#all, this.#turn % this.#all.length);
    }
    const row = rowAt(this.#ahead, this.#next);
    this.#next += 1;
    // Not with every row: what is left is moved to the front.
    if (this.#next >= 4_096 && this.#next * 2 >= this.#ahead.length) {
      this.#ahead = this.#ahead.slice(this.#next);
      this.#next = 0;
    }
    const resume = this.#resumeReading;
    if (resume && this.#ahead.length - this.#next < this.#mostAhead) {
      this.#resumeReading = undefined;
      resume();
    }
    return row;
  }

  /** Ends the reading and tells what became of the rows. */
  close(): RowUse {
    this.#isClosed = true;
    this.#resumeReading?.();
    this.#noteChange();
    return {
      rows: this.#rows,
      used: this.#used,
      wraps: this.#wraps,
      isExhausted: this.#isExhausted,
      hasChanged: this.#hasChanged,
      waits: this.#waits,
    };
  }

  /** The whole file is in memory. */
  #keepAll(rows: readonly DataRow[]): void {
    const { file, mode, isOwn } = this.#options;
    if (rows.length === 0) throw dataError(file.file, 'has no rows', 'add rows, or name another file');
    this.#rows = rows.length;
    if (mode !== 'once') {
      this.#all = rows;
      return;
    }
    this.#own = rows.filter(() => isOwn());
    this.#ahead = [...this.#own];
    this.#hasEnded = true;
  }

  /** Whether a row is this process's; asked for each row in its order. */
  #ownership(): () => boolean {
    const { mode, shard, isOwn } = this.#options;
    if (mode === 'once') return isOwn;
    let number = -1;
    return () => {
      number += 1;
      return number % shard.count === shard.index;
    };
  }

  /** The file is larger than what is kept ahead: the rest is read as rows are used. */
  #goOnReading(reading: AsyncGenerator<DataRow>, first: readonly DataRow[]): void {
    const isOwn = this.#ownership();
    this.#ahead = first.filter(isOwn);
    this.#mostAhead = Math.max(1, this.#ahead.length);
    this.#readOn(reading, first.length, isOwn).catch((error: unknown) => {
      this.#fault = error;
      this.#onChange();
    });
  }

  async #readOn(begun: AsyncGenerator<DataRow>, before: number, isOwn: () => boolean): Promise<void> {
    const { file, mode, whenExhausted } = this.#options;
    let reading = begun;
    let count = before;
    for (;;) {
      if (this.#ahead.length - this.#next >= this.#mostAhead)
        await new Promise<void>((resolve) => {
          this.#resumeReading = resolve;
        });
      if (this.#isClosed) {
        await reading.return(undefined);
        return;
      }
      const { value, done } = await reading.next();
      if (!done) {
        count += 1;
        if (!isOwn()) continue;
        this.#ahead.push(value);
        this.#onChange();
        continue;
      }
      this.#noteChange();
      this.#rows = count;
      if (count === 0) throw dataError(file.file, 'has no rows any more', 'leave the file alone while it is used');
      if (mode === 'once' && whenExhausted !== 'wrap') {
        this.#hasEnded = true;
        this.#onChange();
        return;
      }
      this.#wraps += 1;
      count = 0;
      reading = readRows(file);
    }
  }

  #noteChange(): void {
    this.#hasChanged ||= stampOf(this.#options.file.path) !== this.#stamp;
  }
}

function rowAt(rows: readonly DataRow[], index: number): DataRow {
  const row = rows[index];
  if (!row) throw new RangeError('a row was taken that is not there');
  return row;
}
