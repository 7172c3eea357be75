import { statSync } from 'node:fs';
import type { DataFile } from '../../../shared/scenario/dataFiles';
import type { Random } from '../../../shared/statistics/random';
import type { Shard } from '../schedule/shard';
import { dataError } from './dataError';
import type { DataRow, RowFile } from './rowFile';
import { readRows } from './rows';

/** Whether there is a row for the next iteration: now, later, or never again. */
export type SupplyState = 'ready' | 'waiting' | 'ended';

/** How the rows of a data file were used. */
export interface RowUse {
  /** How many rows the file has; null when it was not read to its end. */
  rows: number | null;
  /** How many rows iterations used. A row counts each time that it is used. */
  used: number;
  /** How often reading began again at the first row because no row was left. */
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
  /** For the mode `once`: called for each row, in order, it tells whether the row belongs to this process. */
  isOwn(): boolean;
  random: Random;
  /** The maximum number of rows in memory, and of their characters. */
  most?: { rows: number; characters: number };
}

/** The limit for files that are read as they are used. It is enough for several seconds of any load. */
const mostAhead = { rows: 100_000, characters: 16 * 2 ** 20 };
/** The limit for rows that are drawn at random, which must all be in memory. */
const mostDrawn = { rows: 2_000_000, characters: 128 * 2 ** 20 };

/** Identifies the file at a path and its version. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino}/${found.size}/${found.mtimeMs}` : 'gone';
}

function charactersOf(row: DataRow): number {
  return row.reduce<number>((sum, cell) => sum + String(cell).length, 0);
}

/**
 * Supplies the iterations of one load process with rows of one data file. A file of moderate size is in memory before
 * the load begins. A larger file is read ahead, so that an iteration finds its row in memory. When reading does not
 * keep up, the iteration waits, and the wait is part of its response time.
 */
export class RowSupply {
  readonly #options: SupplyOptions;
  readonly #stamp: string;
  /** All rows, when they are in memory and used repeatedly. */
  #all: readonly DataRow[] | undefined;
  /** Rows that were read and are not used yet, from {@link #next} on. */
  #ahead: DataRow[] = [];
  #next = 0;
  #mostAhead = 0;
  /** For the mode `once` with all rows in memory: the rows of this process, to begin again with. */
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

  /**
   * Reads the file, or as much of it as is read ahead. Afterwards, `onChange` is called when a row arrives and when no
   * more will.
   */
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
          'use the mode "in-turn" or "once", which read it during the run',
        );
      }
      this.#goOnReading(reading, first);
      return;
    }
    this.#keepAll(first);
  }

  /** Why no more rows arrive, when something is wrong with the file. */
  get fault(): unknown {
    return this.#fault;
  }

  /** Whether {@link take} has a row for an iteration that needs one now. */
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

  /** The row for an iteration. Call it only when the state is `ready`. */
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
    // Not after every row, because the remaining rows are copied.
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

  /** Stops reading and returns how the rows were used. */
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

  /** Keeps the rows of a file that is in memory as a whole. */
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

  /** Returns a function that is called for each row, in order, and tells whether the row belongs to this process. */
  #ownership(): () => boolean {
    const { mode, shard, isOwn } = this.#options;
    if (mode === 'once') return isOwn;
    let number = -1;
    return () => {
      number += 1;
      return number % shard.count === shard.index;
    };
  }

  /** Reads the rest of a file that exceeds the limit, as its rows are used. */
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
      if (count === 0) throw dataError(file.file, 'no longer has rows', 'leave the file alone while it is used');
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
