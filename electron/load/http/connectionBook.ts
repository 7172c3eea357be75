import { LatencyHistogram, type SparseHistogram } from '../../../shared/statistics/latencyHistogram';
import type { OpeningTimes } from './connection';

/** What became of connections since the last flush. */
export interface ConnectionCounts {
  opened: number;
  /** Broken, other than by being closed while nothing was asked of them. */
  lost: number;
  /** Open at the end. */
  open: number;
  lookup: SparseHistogram;
  connect: SparseHistogram;
  tls: SparseHistogram;
}

/** Counts connections and what it took to open them. */
export class ConnectionBook {
  readonly #lookup = new LatencyHistogram();
  readonly #connect = new LatencyHistogram();
  readonly #tls = new LatencyHistogram();
  #opened = 0;
  #lost = 0;
  #open = 0;

  opened({ lookupMs, connectMs, tlsMs }: OpeningTimes): void {
    this.#opened += 1;
    this.#open += 1;
    if (lookupMs !== undefined) this.#lookup.record(lookupMs * 1000);
    this.#connect.record(connectMs * 1000);
    if (tlsMs !== undefined) this.#tls.record(tlsMs * 1000);
  }

  closed(lost: boolean): void {
    this.#open = Math.max(0, this.#open - 1);
    if (lost) this.#lost += 1;
  }

  flush(): ConnectionCounts {
    const counts = {
      opened: this.#opened,
      lost: this.#lost,
      open: this.#open,
      lookup: this.#lookup.toSparse(),
      connect: this.#connect.toSparse(),
      tls: this.#tls.toSparse(),
    };
    this.#opened = 0;
    this.#lost = 0;
    this.#lookup.reset();
    this.#connect.reset();
    this.#tls.reset();
    return counts;
  }
}
