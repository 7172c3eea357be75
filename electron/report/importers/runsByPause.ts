import { UnreadableForm } from './importer';

/** The minimum pause between two runs, without a request in flight. */
const leastPauseMs = 60_000;
/** Pauses between runs are at least this many times as long as those within a run. */
const muchLonger = 10;
/** The minimum number of regular pauses that show a single run. Fewer could be regular by chance. */
const leastRegular = 3;
/** The maximum number of parts of a file. The distributions of all of them are in memory. */
const maxParts = 16;

/** Requests before or after a pause, which may turn out to belong to one run. */
interface Joinable<Self> {
  /** Adds the requests that came after it. */
  absorb(other: Self): void;
}

interface Part<Run> {
  run: Run;
  /** Whether the file has signs that another run starts here. */
  isRestart: boolean;
  startMs: number;
  endMs: number;
}

/** Returns the time between two parts in which no request was in flight, in ms. */
function pauseMsBetween(before: Part<unknown>, after: Part<unknown>): number {
  return after.startMs - before.endMs;
}

/**
 * Divides the requests of a file into runs, where one was appended to another, as JMeter does when its log exists. A
 * new run starts after a pause that is far longer than all others, or that comes with other signs of a new run. Regular
 * pauses belong to one run. A file that is not in the order of time is not divided.
 */
export class RunsByPause<Run extends Joinable<Run>> {
  readonly #begin: (before: Run | undefined) => Run;
  readonly #parts: Part<Run>[] = [];
  #longestWithinMs = 0;
  #isDivisible = true;

  /** `begin` creates a run, given the one before it in the file. */
  constructor(begin: (before: Run | undefined) => Run) {
    this.#begin = begin;
  }

  /**
   * Returns the run of a request with these times of its start and end, in ms; `startMs` is null when the file does not
   * state it. `restartMs` is given when the file has signs of another run here: then a pause of that length is enough.
   * Throws `UnreadableForm` for too many runs.
   */
  at(startMs: number | null, endMs: number, restartMs?: number): Run {
    const part = this.#partAt(startMs, endMs, restartMs);
    part.startMs = Math.min(part.startMs, startMs ?? part.startMs);
    part.endMs = Math.max(part.endMs, startMs === null ? part.endMs : endMs);
    return part.run;
  }

  /** Returns the runs in the order of the file, at least one, and the shortest pause between two, in ms. */
  runs(): { runs: Run[]; pauseMs: number | null } {
    if (this.#parts.length === 0) this.#add(false);
    if (this.#isRegular()) this.#joinAll();
    const runs: Part<Run>[] = [];
    const pauses: number[] = [];
    for (const part of this.#parts) {
      const before = runs.at(-1);
      if (!before) runs.push(part);
      else if (part.isRestart || pauseMsBetween(before, part) >= this.#longestWithinMs * muchLonger) {
        pauses.push(pauseMsBetween(before, part));
        runs.push(part);
      } else join(before, part);
    }
    return { runs: runs.map(({ run }) => run), pauseMs: pauses.length > 0 ? Math.min(...pauses) : null };
  }

  #partAt(startMs: number | null, endMs: number, restartMs: number | undefined): Part<Run> {
    const part = this.#parts.at(-1) ?? this.#add(false);
    if (startMs === null || !Number.isFinite(part.endMs)) return part;
    const pauseMs = startMs - part.endMs;
    const isRestart = restartMs !== undefined && pauseMs >= restartMs;
    if ((isRestart || pauseMs >= leastPauseMs) && this.#isDivisible) return this.#add(isRestart);
    this.#longestWithinMs = Math.max(this.#longestWithinMs, pauseMs);
    const before = this.#parts.at(-2);
    if (!before) return part;
    if (endMs < part.startMs) return this.#joinAll();
    if (startMs > before.endMs) return part;
    // The request was in flight in what looked like a pause, as a transaction is while its user thinks.
    this.#longestWithinMs = Math.max(this.#longestWithinMs, pauseMsBetween(before, part));
    this.#parts.pop();
    return join(before, part);
  }

  #add(isRestart: boolean): Part<Run> {
    if (this.#parts.length >= maxParts) {
      if (this.#isRegular()) return this.#joinAll();
      throw new UnreadableForm(
        `holds more than ${maxParts} runs, one after the other`,
        'write each run to a file of its own',
      );
    }
    const run = this.#begin(this.#parts.at(-1)?.run);
    const part = { run, isRestart, startMs: Number.POSITIVE_INFINITY, endMs: Number.NEGATIVE_INFINITY };
    this.#parts.push(part);
    return part;
  }

  /** Whether the pauses are those of one run: about equal, and far longer than what is between them. */
  #isRegular(): boolean {
    const pauses = this.#parts.slice(1).map((part, index) => pauseMsBetween(this.#parts[index] ?? part, part));
    if (pauses.length < leastRegular || this.#parts.some(({ isRestart }) => isRestart)) return false;
    const shortest = Math.min(...pauses);
    const lasted = this.#parts.map(({ startMs, endMs }) => endMs - startMs);
    return Math.max(...pauses) <= 2 * shortest && Math.max(...lasted) <= shortest / muchLonger;
  }

  #joinAll(): Part<Run> {
    this.#isDivisible = false;
    const [first, ...others] = this.#parts.splice(0);
    const all = others.reduce((joined, part) => join(joined, part), first ?? this.#add(false));
    this.#parts.splice(0, this.#parts.length, all);
    return all;
  }
}

function join<Run extends Joinable<Run>>(into: Part<Run>, part: Part<Run>): Part<Run> {
  into.run.absorb(part.run);
  into.startMs = Math.min(into.startMs, part.startMs);
  into.endMs = Math.max(into.endMs, part.endMs);
  return into;
}

/** Returns the note on each result of a file that was divided. */
export function dividedNote(pauseMs: number): string {
  return `The file was divided where one run seems to be appended to another: for ${Math.round(pauseMs / 1_000)} s or more, no request was in flight.`;
}
