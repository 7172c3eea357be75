import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { type Document, deserialize, serialize } from 'bson';

/** A change of one document: its new content, or that it is gone. */
export interface Change {
  namespace: string;
  id: string;
  document: Document | null;
}

/** A write as its client may send it again after a lost connection, and what it was answered. */
export interface Answered {
  /** The session's id, in hexadecimal. */
  session: string;
  /** The number of the write in its session. */
  number: string;
  answer: Document;
}

/** What becomes durable together. */
export interface Commit {
  changes: readonly Change[];
  /** Kept with the changes, as MongoDB keeps it: a retried write is answered, not done twice. */
  answered?: Answered | undefined;
}

const flushEveryMs = 100;

/** The size of the record at a position; undefined when it is not whole. A BSON document ends with a 0. */
function sizeAt(bytes: Buffer, at: number): number | undefined {
  if (at + 4 > bytes.length) return undefined;
  const size = bytes.readInt32LE(at);
  return size >= 5 && at + size <= bytes.length && bytes[at + size - 1] === 0 ? size : undefined;
}

/** What was committed, on the disk: flushed at once for who asks for it, else every 100 ms as mongod does. */
export class Journal {
  readonly #file: number;
  #waiting: Buffer[] = [];

  constructor(path: string) {
    this.#file = openSync(path, 'a');
    setInterval(() => this.flush(), flushEveryMs).unref();
  }

  /**
   * The commits that a journal holds, in their order. A record that was cut off by a crash ends it and is taken away:
   * what is appended next would otherwise be read as the rest of it.
   */
  static *read(path: string): Generator<Commit> {
    if (!existsSync(path)) return;
    const bytes = readFileSync(path);
    let at = 0;
    for (let size = sizeAt(bytes, at); size !== undefined; size = sizeAt(bytes, at)) {
      const { changes, answered } = deserialize(bytes.subarray(at, at + size));
      yield { changes, answered };
      at += size;
    }
    if (at < bytes.length) truncateSync(path, at);
  }

  append(commit: Commit): void {
    this.#waiting.push(Buffer.from(serialize({ ...commit }, { ignoreUndefined: true })));
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written);
    fdatasyncSync(this.#file);
  }

  close(): void {
    this.flush();
    closeSync(this.#file);
  }
}
