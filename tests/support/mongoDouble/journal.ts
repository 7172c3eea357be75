import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { type Document, deserialize, serialize } from 'bson';

/** A change of one document: its new content, or that it is gone. */
export interface Change {
  namespace: string;
  id: string;
  document: Document | null;
}

const flushEveryMs = 100;

/** What was committed, on the disk: flushed at once for who asks for it, else every 100 ms as mongod does. */
export class Journal {
  readonly #file: number;
  #waiting: Buffer[] = [];

  constructor(path: string) {
    this.#file = openSync(path, 'a');
    setInterval(() => this.flush(), flushEveryMs).unref();
  }

  /** The changes that a journal holds, in their order; a record that was cut off by a crash ends it. */
  static *read(path: string): Generator<Change[]> {
    if (!existsSync(path)) return;
    const bytes = readFileSync(path);
    for (let at = 0; at + 4 <= bytes.length; ) {
      const size = bytes.readInt32LE(at);
      if (size < 5 || at + size > bytes.length) return;
      const { changes } = deserialize(bytes.subarray(at, at + size));
      yield changes;
      at += size;
    }
  }

  append(changes: readonly Change[]): void {
    this.#waiting.push(Buffer.from(serialize({ changes })));
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
