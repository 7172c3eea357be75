import type { LoadTick } from './protocol';

/** Failures by kind since the last flush. */
export class FailureCounters {
  #kinds: Record<string, number> = {};

  add(kind: string, count = 1): void {
    this.#kinds[kind] = (this.#kinds[kind] ?? 0) + count;
  }

  flush(): Record<string, number> {
    const kinds = this.#kinds;
    this.#kinds = {};
    return kinds;
  }
}

/** Failures by kind since the last flush: of all requests, and of each operation. */
export class RequestFailures {
  readonly #all = new FailureCounters();
  readonly #byOperation = new Map<string, FailureCounters>();

  add(kind: string, operation: string, count = 1): void {
    this.#all.add(kind, count);
    let ofOperation = this.#byOperation.get(operation);
    if (!ofOperation) {
      ofOperation = new FailureCounters();
      this.#byOperation.set(operation, ofOperation);
    }
    ofOperation.add(kind, count);
  }

  flush(): Pick<LoadTick, 'failures' | 'errorsByOperation'> {
    const byOperation = [...this.#byOperation].map(([operation, counters]) => [operation, counters.flush()]);
    this.#byOperation.clear();
    return { failures: this.#all.flush(), errorsByOperation: Object.fromEntries(byOperation) };
  }
}
