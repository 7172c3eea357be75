import { ByteStore } from './byteStore';
import { ChunkedDecoder } from './chunkedDecoder';
import { MalformedResponse } from './malformedResponse';
import { ResponseHead, type ValueVisitor } from './responseHead';

/** A complete response. It is a view of the connection's memory: read it before the next bytes arrive. */
export interface HttpResponse {
  readonly status: number;
  /**
   * Responses with the same number have the same status and headers, as most within a second do. Undefined when they
   * are not compared.
   */
  readonly headNumber: number | undefined;
  /** Whether the connection can carry another request. */
  readonly keepAlive: boolean;
  /** The value of a header by its name in lower case. The values of repeated headers are joined. */
  header(name: string): string | undefined;
  /** Visits the values of a header by its name in lower case. Unlike {@link header}, it allocates nothing. */
  visitValues(name: string, visit: ValueVisitor): void;
  /** All values of a header by its name in lower case, unjoined. */
  values(name: string): readonly string[];
  /** All headers in the order received, with their names as sent. */
  headers(): readonly (readonly [name: string, value: string])[];
  /** The body as text; empty unless the request keeps its body. */
  text(): string;
  /** The body as received; empty unless the request keeps its body. */
  bytes(): Buffer;
  /** The length of the body in bytes, whether it was kept or not. */
  readonly bodyBytes: number;
  /** All bytes of the response, including interim responses before it. */
  readonly receivedBytes: number;
}

const maxHeadBytes = 64 * 1024;
const maxBodyBytes = 64 * 1024 * 1024;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const empty = Buffer.alloc(0);

type State = 'head' | 'length' | 'chunked' | 'until-close' | 'complete';

/** The position of the first byte in `bytes[from..to)` that is not CR or LF; `to` if there is none. */
function skipLineEnds(bytes: Buffer, from: number, to: number): number {
  let position = from;
  while (position < to && (bytes[position] === carriageReturn || bytes[position] === lineFeed)) position += 1;
  return position;
}

/** Whether bytes are only line ends; some servers send one after a body. */
export function onlyLineEnds(bytes: Buffer, from: number, to: number): boolean {
  return skipLineEnds(bytes, from, to) === to;
}

/**
 * Reads the responses of one connection, one request at a time (RFC 9112). Bytes may be split into any pieces. A
 * response in one piece is read in place, without a copy.
 */
export class ResponseParser implements HttpResponse {
  readonly #head = new ResponseHead();
  readonly #chunks = new ChunkedDecoder();
  /** A head that arrives in pieces, with the bytes that follow it in the same read. */
  readonly #headBytes = new ByteStore(4 * maxHeadBytes, 'the header');
  readonly #bodyBytes = new ByteStore(maxBodyBytes, 'the body');
  readonly #keep = (bytes: Buffer, from: number, to: number): void => this.#keepBody(bytes, from, to);
  #state: State = 'head';
  #method = 'GET';
  #keepsBody = true;
  #started = false;
  #began = false;
  #remaining = 0;
  /** The buffer that holds the body of a complete response. */
  #body: Buffer = empty;
  #bodyFrom = 0;
  #bodyTo = 0;
  #framedByClose = false;
  #bodyLength = 0;
  #received = 0;

  get status(): number {
    return this.#head.status;
  }

  get headNumber(): number {
    return this.#head.number;
  }

  get keepAlive(): boolean {
    return this.#head.keepAlive && !this.#framedByClose;
  }

  /** Whether any byte of the current response has arrived. */
  get started(): boolean {
    return this.#started;
  }

  /** Whether the last {@link push} brought the first byte of the response; interim responses do not count. */
  get began(): boolean {
    return this.#began;
  }

  /** How long the idle connection can be used, in ms. */
  get idleLimitMs(): number {
    return this.#head.idleLimitMs;
  }

  header(name: string): string | undefined {
    return this.#head.header(name);
  }

  visitValues(name: string, visit: ValueVisitor): void {
    this.#head.visitValues(name, visit);
  }

  values(name: string): readonly string[] {
    return this.#head.values(name);
  }

  headers(): readonly (readonly [name: string, value: string])[] {
    return this.#head.headers();
  }

  text(): string {
    return this.#body.toString('utf8', this.#bodyFrom, this.#bodyTo);
  }

  bytes(): Buffer {
    return this.#body.subarray(this.#bodyFrom, this.#bodyTo);
  }

  get bodyBytes(): number {
    return this.#bodyLength;
  }

  get receivedBytes(): number {
    return this.#received;
  }

  /** Announces the request whose response comes next. `keepsBody`: whether its body will be read. */
  expect(method: string, keepsBody = true): void {
    this.#method = method;
    this.#keepsBody = keepsBody;
    this.#state = 'head';
    this.#started = false;
    this.#began = false;
    this.#framedByClose = false;
    this.#headBytes.clear();
    this.#bodyBytes.clear();
    this.#body = empty;
    this.#bodyFrom = 0;
    this.#bodyTo = 0;
    this.#bodyLength = 0;
    this.#received = 0;
  }

  /**
   * Reads `bytes[0..length)`. Returns true when they complete the response. Throws MalformedResponse, after which the
   * connection must not be used.
   */
  push(bytes: Buffer, length: number): boolean {
    let source = bytes;
    let end = length;
    let position = 0;
    this.#began = false;
    this.#received += length;
    if (this.#state === 'head') {
      let searchFrom = 0;
      if (this.#headBytes.length > 0) {
        searchFrom = Math.max(0, this.#headBytes.length - 3);
        this.#headBytes.append(bytes, 0, length);
        source = this.#headBytes.buffer;
        end = this.#headBytes.length;
      } else {
        position = skipLineEnds(bytes, 0, length);
        if (position === length) return false;
        this.#began = true;
      }
      this.#started = true;
      position = this.#readHead(source, position, end, searchFrom);
      if (position < 0) return false;
    }
    position = this.#readBody(source, position, end);
    if (this.#state !== 'complete') return false;
    // There is one request at a time, so bytes after its response belong to no request.
    if (!onlyLineEnds(source, position, end))
      throw new MalformedResponse('there are bytes after the end of the response', 'unexpected-data');
    return true;
  }

  /** The server closed the connection. Returns true if the close completes the response. */
  end(): boolean {
    if (this.#state !== 'until-close') return false;
    this.#completeFromStore();
    return true;
  }

  /**
   * Reads a head and skips interim responses (1xx). Returns where the body starts, or -1 when more bytes are needed.
   */
  #readHead(source: Buffer, start: number, end: number, searchFrom: number): number {
    let from = start;
    for (;;) {
      const bodyFrom = this.#head.read(source, from, end, searchFrom);
      if (bodyFrom < 0) {
        this.#waitForHead(source, from, end);
        return -1;
      }
      const { status } = this.#head;
      if (status >= 200) {
        this.#frame();
        return bodyFrom;
      }
      if (status === 101)
        throw new MalformedResponse('the server switched protocols without being asked', 'unsupported-response');
      from = bodyFrom;
      this.#began = from < end;
    }
  }

  #waitForHead(source: Buffer, from: number, end: number): void {
    if (end - from > maxHeadBytes)
      throw new MalformedResponse('the header is larger than 64 KiB', 'response-too-large');
    if (source === this.#headBytes.buffer && from === 0) return;
    const rest = source === this.#headBytes.buffer ? Buffer.from(source.subarray(from, end)) : source;
    this.#headBytes.clear();
    if (rest === source) this.#headBytes.append(source, from, end);
    else this.#headBytes.append(rest, 0, rest.length);
  }

  /** Determines the length of the body (RFC 9112, 6.3). */
  #frame(): void {
    const { status, chunked, coded, contentLength } = this.#head;
    if (this.#method === 'HEAD' || status === 204 || status === 304) {
      this.#state = 'length';
      this.#remaining = 0;
    } else if (chunked) {
      this.#state = 'chunked';
      this.#chunks.reset();
      // A response with both Transfer-Encoding and Content-Length may be an attack; the connection is not used again.
      this.#framedByClose = contentLength >= 0;
    } else if (contentLength >= 0 && !coded) {
      this.#state = 'length';
      this.#remaining = contentLength;
      if (this.#keepsBody && contentLength > maxBodyBytes)
        throw new MalformedResponse('the body is larger than 64 MiB', 'response-too-large');
    } else {
      this.#state = 'until-close';
      this.#framedByClose = true;
    }
  }

  /** Reads the available part of the body. Returns where it stopped. */
  #readBody(source: Buffer, from: number, end: number): number {
    switch (this.#state) {
      case 'length': {
        const available = end - from;
        if (available >= this.#remaining && this.#bodyBytes.length === 0) {
          this.#body = source;
          this.#bodyFrom = from;
          this.#bodyTo = this.#keepsBody ? from + this.#remaining : from;
          this.#bodyLength += this.#remaining;
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
    this.#bodyLength += to - from;
    if (this.#keepsBody) this.#bodyBytes.append(bytes, from, to);
  }

  #completeFromStore(): void {
    this.#body = this.#bodyBytes.buffer;
    this.#bodyFrom = 0;
    this.#bodyTo = this.#bodyBytes.length;
    this.#state = 'complete';
  }
}
