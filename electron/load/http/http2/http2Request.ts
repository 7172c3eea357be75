import { type ClientHttp2Stream, constants } from 'node:http2';
import type { Exchange, ExchangeHolder, RequestFailure } from '../exchange';
import { Http2Response } from './http2Response';

/** The outcome of a request. Exactly one of the two is called, once. */
interface RequestEvents {
  /** The exchange has its response, or a failure that concerns only this request. */
  ended(request: Http2Request): void;
  /**
   * The stream ended without an outcome; the connection determines the cause. `code` is the HTTP/2 error code (RFC
   * 9113, 7).
   */
  broke(request: Http2Request, code: number): void;
}

/** The bytes that a connection has read and written so far. */
export interface ByteCounts {
  read: number;
  written: number;
}

/** The inputs of a request. */
interface RequestOptions extends RequestEvents {
  stream: ClientHttp2Stream;
  exchange: Exchange;
  /** The load's clock, in ms. */
  nowMs(): number;
  /** Runs the client's own work and counts its time. */
  measure(work: () => void): void;
  /**
   * The byte counts of a connection that carries nothing else, from `before` the request and `now`. Undefined for a
   * shared connection, whose bytes can't be assigned to one request.
   */
  bytes: { before: ByteCounts; now(): ByteCounts } | undefined;
}

/** A request on one stream of an HTTP/2 connection. */
export class Http2Request implements ExchangeHolder {
  readonly exchange: Exchange;
  readonly #options: RequestOptions;
  #response: Http2Response | undefined;
  #isOver = false;

  constructor(options: RequestOptions) {
    const { stream, exchange, measure } = options;
    this.#options = options;
    this.exchange = exchange;
    exchange.holder = this;
    stream.on('response', (headers, _flags, raw) => measure(() => this.#answered(headers[':status'] ?? 0, raw)));
    stream.on('data', (chunk: Buffer) => measure(() => this.#received(chunk)));
    stream.on('end', () => measure(() => this.#ended()));
    // The stream's error code, read on `close`, says the same.
    stream.on('error', () => {});
    stream.on('close', () => measure(() => this.#closed()));
  }

  /** The id of its stream; Infinity before it has one. */
  get id(): number {
    return this.#options.stream.id ?? Number.POSITIVE_INFINITY;
  }

  /** Whether the headers of a response have arrived. */
  get isAnswered(): boolean {
    return this.#response !== undefined;
  }

  giveUp(_exchange: Exchange, nowMs: number): void {
    this.fail('timeout', nowMs);
  }

  /** Ends the request with a failure and cancels its stream. */
  fail(failure: RequestFailure, nowMs: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.stream.close(constants.NGHTTP2_CANCEL);
    this.exchange.failure = failure;
    this.exchange.endedMs = nowMs;
    this.#options.ended(this);
  }

  /** Detaches the request from its exchange. The caller settles the exchange or sends it again. */
  release(): void {
    this.#isOver = true;
  }

  #answered(status: number, raw: readonly string[]): void {
    if (this.#isOver) return;
    this.#response = new Http2Response(status, raw, this.exchange.request?.keepsBody ?? false);
    this.exchange.firstByteMs = this.#options.nowMs();
  }

  #received(chunk: Buffer): void {
    if (this.#isOver || !this.#response || this.#response.push(chunk)) return;
    this.fail('response-too-large', this.#options.nowMs());
  }

  #ended(): void {
    // A stream that was reset also emits `end`; its failure is reported on `close`.
    if (this.#isOver || !this.#response || this.#options.stream.rstCode !== constants.NGHTTP2_NO_ERROR) return;
    const nowMs = this.#options.nowMs();
    const { exchange } = this;
    this.#isOver = true;
    exchange.endedMs = nowMs;
    if (nowMs >= exchange.deadlineMs) exchange.failure = 'timeout';
    else if (this.#isShort(this.#response)) exchange.failure = 'incomplete-response';
    else exchange.response = this.#counted(this.#response);
    this.#options.ended(this);
  }

  /**
   * Whether the body differs from its announced length: a server may abort a stream without an error (RFC 9113, 8.1.1).
   */
  #isShort(response: Http2Response): boolean {
    const announced = response.header('content-length');
    if (announced === undefined || this.exchange.request?.wire.method === 'HEAD') return false;
    return response.status !== 304 && Number(announced) !== response.bodyBytes;
  }

  #counted(response: Http2Response): Http2Response {
    const { bytes } = this.#options;
    if (!bytes) return response;
    const { read, written } = bytes.now();
    this.exchange.sentBytes = written - bytes.before.written;
    response.receivedBytes = read - bytes.before.read;
    return response;
  }

  #closed(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.broke(this, this.#options.stream.rstCode ?? constants.NGHTTP2_NO_ERROR);
  }
}
