import { randomFillSync } from 'node:crypto';
import type { Exchange } from './exchange';

/*
 * W3C Trace Context (Recommendation of 2021-11-23): `traceparent: 00-TRACE-PARENT-FLAGS`. Each request has its own
 * trace, and flag 01 asks the service to record it.
 */

const traceIdBytes = 16;
const parentIdBytes = 8;
const idBytes = traceIdBytes + parentIdBytes;
/**
 * Random bytes are drawn for this many requests at once. One draw per request would cost more than the rest of the
 * header.
 */
const requestsAtOnce = 1_024;

const prefix = 'traceparent: ';
const lineEnd = '\r\n';

/** Generates the values of `traceparent`. */
export class TraceContexts {
  readonly #random = Buffer.allocUnsafe(idBytes * requestsAtOnce);
  #at = this.#random.length;

  /** Returns a value with ids that no other request has. */
  next(): string {
    if (this.#at === this.#random.length) {
      randomFillSync(this.#random);
      this.#at = 0;
    }
    const traceId = this.#random.toString('hex', this.#at, this.#at + traceIdBytes);
    const parentId = this.#random.toString('hex', this.#at + traceIdBytes, this.#at + idBytes);
    this.#at += idBytes;
    return `00-${traceId}-${parentId}-01`;
  }
}

/** Request line and headers with the trace context of an exchange as the last header, if the exchange has one. */
export function traced(head: string, { traceparent }: Pick<Exchange, 'traceparent'>): string {
  return traceparent === undefined ? head : head.slice(0, -lineEnd.length) + prefix + traceparent + lineEnd + lineEnd;
}

/** The size of the trace context of an exchange on the wire, in bytes. */
export function traceBytesOf({ traceparent }: Pick<Exchange, 'traceparent'>): number {
  return traceparent === undefined ? 0 : prefix.length + traceparent.length + lineEnd.length;
}

/** The trace id of an exchange, 32 hexadecimal digits; undefined when requests carry none. */
export function traceIdOf({ traceparent }: Pick<Exchange, 'traceparent'>): string | undefined {
  return traceparent?.slice(3, 3 + 2 * traceIdBytes);
}
