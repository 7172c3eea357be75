import { LatencyHistogram, type SparseHistogram } from '../../../shared/statistics/latencyHistogram';
import type { ConnectionEnd, OpeningTimes } from './connection';

/** What happened to connections since the last flush. */
export interface ConnectionCounts {
  opened: number;
  /** Connections that broke with a request in flight that was not sent again. */
  lost: number;
  /** Requests that were sent again over a new connection, because the server closed the idle one that they used. */
  reconnects: number;
  /** Connections that are open at the time of the flush. */
  open: number;
  lookup: SparseHistogram;
  connect: SparseHistogram;
  tls: SparseHistogram;
}

/** Counts connections and records how long they took to open. */
export class ConnectionCounters {
  readonly #lookup = new LatencyHistogram();
  readonly #connect = new LatencyHistogram();
  readonly #tls = new LatencyHistogram();
  #opened = 0;
  #lost = 0;
  #reconnects = 0;
  #open = 0;

  opened({ lookupMs, connectMs, tlsMs }: OpeningTimes): void {
    this.#opened += 1;
    this.#open += 1;
    if (lookupMs !== undefined) this.#lookup.record(lookupMs * 1000);
    this.#connect.record(connectMs * 1000);
    if (tlsMs !== undefined) this.#tls.record(tlsMs * 1000);
  }

  closed({ opened, lost }: Pick<ConnectionEnd, 'opened' | 'lost'>): void {
    if (opened) this.#open -= 1;
    if (lost) this.#lost += 1;
  }

  reconnected(): void {
    this.#reconnects += 1;
  }

  flush(): ConnectionCounts {
    const counts = {
      opened: this.#opened,
      lost: this.#lost,
      reconnects: this.#reconnects,
      open: this.#open,
      lookup: this.#lookup.toSparse(),
      connect: this.#connect.toSparse(),
      tls: this.#tls.toSparse(),
    };
    this.#opened = 0;
    this.#lost = 0;
    this.#reconnects = 0;
    this.#lookup.reset();
    this.#connect.reset();
    this.#tls.reset();
    return counts;
  }
}
