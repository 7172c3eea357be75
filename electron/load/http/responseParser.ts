import { ByteStore } from './byteStore';
import { ChunkedDecoder } from './chunkedDecoder';
import { MalformedResponse } from './malformedResponse';
import { ResponseHead } from './responseHead';

/** A complete response. It is a view of the connection's memory: read it before the next bytes arrive. */
export interface HttpResponse {
  readonly status: number;
  /** Whether the connection can carry another request. */
  readonly keepAlive: boolean;
  /** A header by its name in lower case; of repeated ones the values joined. */
  header(name: string): string | undefined;
  /** The body as text; empty when it was not asked to be kept. */
  text(): string;
}

const maxHeadBytes = 64 * 1024;
const maxBodyBytes = 64 * 1024 * 1024;
const headEnd = Buffer.from('\r\n\r\n');
const empty = Buffer.alloc(0);

type State = 'head' | 'length' | 'chunked' | 'until-close' | 'complete';

/**
 * Reads the responses of one connection, one request at a time (RFC 9112). Bytes may come in any pieces. A response
 * that comes in one piece is read in place, without a copy.
 */
export class ResponseParser implements HttpResponse {
  readonly #head = new ResponseHead();
  readonly #chunks = new ChunkedDecoder();
  /** A head in pieces, with what came behind it in the same read. */
  readonly #headBytes = new ByteStore(4 * maxHeadBytes, 'the header');
  readonly #bodyBytes = new ByteStore(maxBodyBytes, 'the body');
  readonly #keep = (bytes: Buffer, from: number, to: number): void => this.#keepBody(bytes, from, to);
  #state: State = 'head';
  #method = 'GET';
  #keepsBody = true;
  #started = false;
  #remaining = 0;
  /** Where the body of a complete response lies. */
  #body: Buffer = empty;
  #bodyFrom = 0;
  #bodyTo = 0;
  #framedByClose = false;

  get status(): number {
    return this.#head.status;
  }

  get keepAlive(): boolean {
    return this.#head.keepAlive && !this.#framedByClose;
  }

  /** Whether any byte of the current response has come. */
  get started(): boolean {
    return this.#started;
  }

  header(name: string): string | undefined {
    return this.#head.header(name);
  }

  text(): string {
    return this.#body.toString('utf8', this.#bodyFrom, this.#bodyTo);
  }

  /** Announces the request whose response comes next. `keepsBody`: whether its body will be looked at. */
  expect(method: string, keepsBody = true): void {
    this.#method = method;
    this.#keepsBody = keepsBody;
    this.#state = 'head';
    this.#started = false;
    this.#framedByClose = false;
    this.#headBytes.clear();
    this.#bodyBytes.clear();
    this.#body = empty;
    this.#bodyFrom = 0;
    this.#bodyTo = 0;
  }

  /**
   * Takes `bytes[0..length)`; returns true when they complete the response. Throws MalformedResponse; the connection
   * is of no use afterwards.
   */
  push(bytes: Buffer, length: number): boolean {
    this.#started = true;
    let source = bytes;
    let end = length;
    let position = 0;
    if (this.#state === 'head') {
      const searchFrom = Math.max(0, this.#headBytes.length - 3);
      if (this.#headBytes.length > 0) {
        this.#headBytes.append(bytes, 0, length);
        source = this.#headBytes.buffer;
        end = this.#headBytes.length;
      }
      position = this.#readHead(source, end, searchFrom);
      if (position < 0) return false;
    }
    position = this.#readBody(source, position, end);
    if (this.#state !== 'complete') return false;
    // One request at a time: bytes beyond its response belong to nothing.
    if (position < end) throw new MalformedResponse('there are bytes after the end of the answer', 'unexpected-data');
    return true;
  }

  /** The server has closed the connection; returns true if that is what completes the response. */
  end(): boolean {
    if (this.#state !== 'until-close') return false;
    this.#completeFromStore();
    return true;
  }

  /** Reads a head, skipping interim responses (1xx). Returns where the body starts, or -1 when more bytes must come. */
  #readHead(source: Buffer, end: number, searchFrom: number): number {
    let bytes = source;
    let limit = end;
    let from = searchFrom;
    for (;;) {
      const found = bytes.indexOf(headEnd, from);
      // Beyond the limit lie bytes of earlier reads.
      if (found < 0 || found + headEnd.length > limit) return this.#waitForHead(bytes, limit);
      this.#head.parse(bytes, found);
      const bodyFrom = found + headEnd.length;
      const { status } = this.#head;
      if (status >= 200) {
        this.#frame();
        if (bytes === source) return bodyFrom;
        // After an interim response the rest was looked at as a view of its own.
        return bodyFrom + (bytes.byteOffset - source.byteOffset);
      }
      if (status === 101)
        throw new MalformedResponse('the server switched protocols without being asked', 'unsupported-response');
      bytes = bytes.subarray(bodyFrom, limit);
      limit = bytes.length;
      from = 0;
    }
  }

  #waitForHead(bytes: Buffer, limit: number): number {
    if (limit > maxHeadBytes) throw new MalformedResponse('the header is larger than 64 KiB', 'response-too-large');
    if (bytes !== this.#headBytes.buffer) {
      const rest = Buffer.from(bytes.subarray(0, limit));
      this.#headBytes.clear();
      this.#headBytes.append(rest, 0, rest.length);
    }
    return -1;
  }

  /** RFC 9112, 6.3: how long the body is. */
  #frame(): void {
    const { status, chunked, contentLength } = this.#head;
    if (this.#method === 'HEAD' || status === 204 || status === 304) {
      this.#state = 'length';
      this.#remaining = 0;
    } else if (chunked) {
      this.#state = 'chunked';
      this.#chunks.reset();
      // A response with both is an attempt to confuse; the connection is not used again.
      this.#framedByClose = contentLength >= 0;
    } else if (contentLength >= 0) {
      this.#state = 'length';
      this.#remaining = contentLength;
      if (this.#keepsBody && contentLength > maxBodyBytes)
        throw new MalformedResponse('the body is larger than 64 MiB', 'response-too-large');
    } else {
      this.#state = 'until-close';
      this.#framedByClose = true;
    }
  }

  /** Reads what there is of the body; returns how far it got. */
  #readBody(source: Buffer, from: number, end: number): number {
    switch (this.#state) {
      case 'length': {
        const available = end - from;
        if (available >= this.#remaining && this.#bodyBytes.length === 0) {
          this.#body = source;
          this.#bodyFrom = from;
          this.#bodyTo = this.#keepsBody ? from + this.#remaining : from;
          this.#state = 'complete';
          return from + this.#remaining;
        }
        const to = Math.min(end, from + this.#remaining);
        this.#keepBody(source, from, to);
        this.#remaining -= to - from;
        if (this.#remaining === 0) this.#completeFromStore();
        return to;
      }
      case 'chunked': {
        const to = this.#chunks.read(source, from, end, this.#keep);
        if (this.#chunks.complete) this.#completeFromStore();
        return to;
      }
      default:
        this.#keepBody(source, from, end);
        return end;
    }
  }

  #keepBody(bytes: Buffer, from: number, to: number): void {
    if (this.#keepsBody) this.#bodyBytes.append(bytes, from, to);
  }

  #completeFromStore(): void {
    this.#body = this.#bodyBytes.buffer;
    this.#bodyFrom = 0;
    this.#bodyTo = this.#bodyBytes.length;
    this.#state = 'complete';
  }
}
