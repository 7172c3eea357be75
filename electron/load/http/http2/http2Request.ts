import { type ClientHttp2Stream, constants } from 'node:http2';
import type { Exchange, ExchangeHolder, RequestFailure } from '../exchange';
import { Http2Response } from './http2Response';

/** How a request tells its connection what became of it; exactly one of the two is called, once. */
interface RequestEvents {
  /** Its exchange has its response, or a failure that is of this request alone. */
  ended(request: Http2Request): void;
  /** It has ended without one: why, the connection must know. `code` is that of HTTP/2 (RFC 9113, 7). */
  broke(request: Http2Request, code: number): void;
}

/** What a connection has read and written so far. */
export interface ByteCounts {
  read: number;
  written: number;
}

/** What a request is made with. */
interface RequestOptions extends RequestEvents {
  stream: ClientHttp2Stream;
  exchange: Exchange;
  /** The load's clock, in ms. */
  nowMs(): number;
  /** Does what is the client's work, so that it is counted as such. */
  measure(work: () => void): void;
  /** Of a connection that carries nothing else, from before the request on; of one that is shared nobody knows whose bytes they are. */
  bytes: { before: ByteCounts; now(): ByteCounts } | undefined;
}

/** A request on one stream of a connection of HTTP/2. */
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
    // Its code says the same.
    stream.on('error', () => {});
    stream.on('close', () => measure(() => this.#closed()));
  }

  /** The id of its stream; infinite before it has one. */
  get id(): number {
    return this.#options.stream.id ?? Number.POSITIVE_INFINITY;
  }

  /** Whether anything of a response has come. */
  get isAnswered(): boolean {
    return this.#response !== undefined;
  }

  giveUp(_exchange: Exchange, nowMs: number): void {
    this.fail('timeout', nowMs);
  }

  /** Ends it with a failure; its stream is given up. */
  fail(failure: RequestFailure, nowMs: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.stream.close(constants.NGHTTP2_CANCEL);
    this.exchange.failure = failure;
    this.exchange.endedMs = nowMs;
    this.#options.ended(this);
  }

  /** Takes the exchange back, which is settled or sent again by whoever asks. */
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
    // A stream that was reset ends as well; its end is told when it closes.
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

  /** Whether less came than was announced: a server may give a stream up without an error (RFC 9113, 8.1.1). */
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
