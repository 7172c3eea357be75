import { MalformedResponse } from './malformedResponse';

const initialLines = 64;
const initialBytes = 2 * 1024;
/** The offsets that are stored for each header line: start and end of its name, start and end of its value. */
const offsetsPerLine = 4;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const space = 0x20;
const tab = 0x09;
const colon = 0x3a;
const versionPrefix = Buffer.from('HTTP/1.');
const usualEnd = Buffer.from('\r\n\r\n');

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isBlank(byte: number | undefined): boolean {
  return byte === space || byte === tab;
}

/** Whether bytes spell `name`, ignoring case. `name` is in lower case; header names are ASCII. */
function spells(bytes: Buffer, from: number, to: number, name: string): boolean {
  if (to - from !== name.length) return false;
  for (let index = 0; index < name.length; index += 1) {
    let byte = bytes[from + index] ?? 0;
    if (byte >= 0x41 && byte <= 0x5a) byte |= 0x20;
    if (byte !== name.charCodeAt(index)) return false;
  }
  return true;
}

/**
 * Receives the value of a header as `bytes[from..to)`, which is valid only during the call: so a value can be read
 * without a copy.
 */
export type ValueVisitor = (bytes: Buffer, from: number, to: number) => void;

/** Visits the values of a header that are text. */
export function visitTexts(values: readonly string[], visit: ValueVisitor): void {
  for (const value of values) {
    const bytes = Buffer.from(value, 'latin1');
    visit(bytes, 0, bytes.length);
  }
}

/** How many heads were parsed on all connections. */
let parsed = 0;

/**
 * How long an idle connection is used, in seconds. This is less than the server's limit: the server counts from sending
 * its last response to reading the next request, and both take time on the network.
 */
function usableSeconds(limitSeconds: number): number {
  return Math.max(limitSeconds - 1, limitSeconds / 2);
}

/**
 * Status line and headers of a response (RFC 9112, 4 and 5). Allocates nothing until a header is read, and is reused
 * for all responses of a connection. Accepts what curl accepts: lines that end with LF alone, folded lines, and blanks
 * before the colon of a header.
 */
export class ResponseHead {
  status = 0;
  minorVersion = 1;
  /** The value of Content-Length; -1 without the header. */
  contentLength = -1;
  chunked = false;
  /** Whether the body has a transfer coding other than chunked; such a body is not decoded. */
  coded = false;
  /** How long the idle connection can be used, in ms, with a margin; Infinity when the server states no limit. */
  idleLimitMs = Number.POSITIVE_INFINITY;
  /** Another one for each head that is parsed, on all connections. */
  number = 0;
  #closes = false;
  #keepsAlive = false;
  /** A copy of the head, because the next read overwrites the bytes of the last. */
  #bytes: Buffer = Buffer.allocUnsafeSlow(initialBytes);
  /** The length of the head that was parsed last, with its empty line; -1 when there is none. */
  #end = -1;
  #lines = 0;
  #offsets = new Int32Array(initialLines * offsetsPerLine);

  /** Whether the server keeps the connection open, by its HTTP version and headers. */
  get keepAlive(): boolean {
    return this.minorVersion === 1 ? !this.#closes : this.#keepsAlive && !this.#closes;
  }

  /**
   * Reads a head that begins at `from` in `bytes[from..to)` and is known not to end before `searchFrom`. Returns where
   * the body begins, or -1 when more bytes are needed. A head that equals the last one, which is common within a
   * second, is not parsed again. Throws MalformedResponse.
   */
  read(bytes: Buffer, from: number, to: number, searchFrom: number): number {
    const known = from + this.#end;
    if (this.#end > 0 && known <= to && bytes.compare(this.#bytes, 0, this.#end, from, known) === 0) return known;
    const limit = endOfHead(bytes, Math.max(from, searchFrom), to);
    if (limit < 0) return -1;
    const length = limit - from;
    this.#end = -1;
    if (length > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(2 * length);
    bytes.copy(this.#bytes, 0, from, limit);
    this.#end = this.#takeApart(length);
    return from + this.#end;
  }

  /** Returns where the head ends. That may be before `end`, because a body may look like the end of a head. */
  #takeApart(end: number): number {
    this.contentLength = -1;
    this.chunked = false;
    this.coded = false;
    this.idleLimitMs = Number.POSITIVE_INFINITY;
    this.#closes = false;
    this.#keepsAlive = false;
    this.#lines = 0;
    parsed += 1;
    this.number = parsed;
    let position = this.#parseStatusLine(end);
    const bytes = this.#bytes;
    for (;;) {
      if (bytes[position] === lineFeed) return position + 1;
      if (bytes[position] === carriageReturn && bytes[position + 1] === lineFeed) return position + 2;
      position = this.#parseHeaderLine(position, end);
    }
  }

  /** The value of a header by its name in lower case. The values of repeated headers are joined (RFC 9110, 5.3). */
  header(name: string): string | undefined {
    let joined: string | undefined;
    for (let line = 0; line < this.#lines; line += 1) {
      const at = line * offsetsPerLine;
      const offset = (field: number): number => this.#offsets[at + field] ?? 0;
      if (!spells(this.#bytes, offset(0), offset(1), name)) continue;
      const value = this.#bytes.toString('latin1', offset(2), offset(3));
      joined = joined === undefined ? value : `${joined}, ${value}`;
    }
    return joined;
  }

  /** Visits the values of a header by its name in lower case. */
  visitValues(name: string, visit: ValueVisitor): void {
    for (let line = 0; line < this.#lines; line += 1) {
      const at = line * offsetsPerLine;
      if (spells(this.#bytes, this.#offsets[at] ?? 0, this.#offsets[at + 1] ?? 0, name))
        visit(this.#bytes, this.#offsets[at + 2] ?? 0, this.#offsets[at + 3] ?? 0);
    }
  }

  /** All values of a header by its name in lower case, unjoined: `Set-Cookie` can't be joined (RFC 6265, 3). */
  values(name: string): string[] {
    const values: string[] = [];
    for (let line = 0; line < this.#lines; line += 1) {
      const at = line * offsetsPerLine;
      const offset = (field: number): number => this.#offsets[at + field] ?? 0;
      if (spells(this.#bytes, offset(0), offset(1), name))
        values.push(this.#bytes.toString('latin1', offset(2), offset(3)));
    }
    return values;
  }

  /** All headers in the order received, with their names as sent. */
  headers(): [name: string, value: string][] {
    return Array.from({ length: this.#lines }, (_, line) => {
      const offset = (field: number): number => this.#offsets[line * offsetsPerLine + field] ?? 0;
      return [
        this.#bytes.toString('latin1', offset(0), offset(1)),
        this.#bytes.toString('latin1', offset(2), offset(3)),
      ];
    });
  }

  #parseStatusLine(end: number): number {
    const bytes = this.#bytes;
    for (let index = 0; index < versionPrefix.length; index += 1) {
      if (bytes[index] !== versionPrefix[index])
        throw new MalformedResponse('the response does not begin with an HTTP/1.1 status line');
    }
    const minor = bytes[7];
    const [hundreds = 0, tens = 0, ones = 0, after = 0] = [bytes[9], bytes[10], bytes[11], bytes[12]];
    const valid =
      end > 12 &&
      (minor === 0x30 || minor === 0x31) &&
      bytes[8] === space &&
      hundreds > 0x30 &&
      isDigit(hundreds) &&
      isDigit(tens) &&
      isDigit(ones) &&
      (after === space || after === carriageReturn || after === lineFeed);
    if (!valid) throw new MalformedResponse('the response does not begin with an HTTP/1.1 status line');
    this.minorVersion = minor === 0x31 ? 1 : 0;
    this.status = (hundreds - 0x30) * 100 + (tens - 0x30) * 10 + (ones - 0x30);
    return this.#lineFeedAfter(12, end) + 1;
  }

  /** The position of the line's LF. Every line of a complete head has one. */
  #lineFeedAfter(from: number, end: number): number {
    const bytes = this.#bytes;
    for (let position = from; position < end; position += 1) {
      const byte = bytes[position] ?? 0;
      if (byte >= space || byte === tab) continue;
      if (byte === lineFeed) return position;
      if (byte !== carriageReturn || bytes[position + 1] !== lineFeed)
        throw new MalformedResponse('a header line contains a control character');
    }
    return end - 1;
  }

  /**
   * The position of the LF that ends a header. The header may continue in lines that begin with a blank (RFC 9112,
   * 5.2).
   */
  #endOfHeader(from: number, end: number): number {
    const bytes = this.#bytes;
    let feed = this.#lineFeedAfter(from, end);
    while (isBlank(bytes[feed + 1])) {
      // A fold stands for a blank.
      bytes[feed] = space;
      if (bytes[feed - 1] === carriageReturn) bytes[feed - 1] = space;
      feed = this.#lineFeedAfter(feed + 1, end);
    }
    return feed;
  }

  #parseHeaderLine(from: number, end: number): number {
    const bytes = this.#bytes;
    let nameEnd = from;
    let byte = bytes[nameEnd] ?? 0;
    while (byte !== colon && byte > space && byte < 0x7f) {
      nameEnd += 1;
      byte = bytes[nameEnd] ?? 0;
    }
    let valueFrom = nameEnd;
    while (isBlank(bytes[valueFrom])) valueFrom += 1;
    if (nameEnd === from || bytes[valueFrom] !== colon) throw new MalformedResponse('a header line has no proper name');
    valueFrom += 1;
    const feed = this.#endOfHeader(valueFrom, end);
    let valueTo = bytes[feed - 1] === carriageReturn ? feed - 1 : feed;
    while (valueFrom < valueTo && isBlank(bytes[valueFrom])) valueFrom += 1;
    while (valueTo > valueFrom && isBlank(bytes[valueTo - 1])) valueTo -= 1;
    this.#keep(from, nameEnd, valueFrom, valueTo);
    this.#note(from, nameEnd, valueFrom, valueTo);
    return feed + 1;
  }

  #keep(nameFrom: number, nameTo: number, valueFrom: number, valueTo: number): void {
    const at = this.#lines * offsetsPerLine;
    if (at === this.#offsets.length) {
      const grown = new Int32Array(2 * at);
      grown.set(this.#offsets);
      this.#offsets = grown;
    }
    this.#offsets[at] = nameFrom;
    this.#offsets[at + 1] = nameTo;
    this.#offsets[at + 2] = valueFrom;
    this.#offsets[at + 3] = valueTo;
    this.#lines += 1;
  }

  /** Stores the headers that determine the framing of the body and whether the connection stays open. */
  #note(nameFrom: number, nameTo: number, valueFrom: number, valueTo: number): void {
    const bytes = this.#bytes;
    switch (nameTo - nameFrom) {
      case 14:
        if (spells(bytes, nameFrom, nameTo, 'content-length')) this.#noteLength(valueFrom, valueTo);
        return;
      case 17:
        if (spells(bytes, nameFrom, nameTo, 'transfer-encoding')) this.#noteCodings(valueFrom, valueTo);
        return;
      case 10:
        if (spells(bytes, nameFrom, nameTo, 'keep-alive')) this.#noteKeepAlive(valueFrom, valueTo);
        else if (spells(bytes, nameFrom, nameTo, 'connection')) this.#noteConnection(valueFrom, valueTo);
    }
  }

  #noteConnection(from: number, to: number): void {
    // Nearly all servers write exactly this; the comparison allocates nothing.
    if (spells(this.#bytes, from, to, 'keep-alive')) {
      this.#keepsAlive = true;
      return;
    }
    for (const option of this.#bytes.toString('latin1', from, to).toLowerCase().split(',')) {
      if (option.trim() === 'close') this.#closes = true;
      if (option.trim() === 'keep-alive') this.#keepsAlive = true;
    }
  }

  /** The end of the body is known only if chunked is the last coding and occurs once (RFC 9112, 6.1 and 7). */
  #noteCodings(from: number, to: number): void {
    for (const item of this.#bytes.toString('latin1', from, to).toLowerCase().split(',')) {
      const coding = item.trim();
      if (coding === '' || coding === 'identity') continue;
      if (this.chunked)
        throw new MalformedResponse('chunked is not the last transfer encoding', 'unsupported-response');
      if (coding === 'chunked') this.chunked = true;
      else this.coded = true;
    }
  }

  /**
   * `Keep-Alive: timeout=5, max=100`: how many seconds an idle connection is kept, and how many more requests it
   * carries.
   */
  #noteKeepAlive(from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      if (at > from && this.#bytes[at - 1] !== 0x2c && !isBlank(this.#bytes[at - 1])) continue;
      if (spells(this.#bytes, at, at + 8, 'timeout=')) {
        const seconds = this.#numberAt(at + 8, to);
        if (seconds >= 0) this.idleLimitMs = usableSeconds(seconds) * 1000;
      }
      if (spells(this.#bytes, at, at + 4, 'max=') && this.#numberAt(at + 4, to) === 0) this.#closes = true;
    }
  }

  /** The whole number at a position; -1 when there is none. */
  #numberAt(from: number, to: number): number {
    let number = -1;
    for (let at = from; at < to && number < 1e9 && isDigit(this.#bytes[at] ?? 0); at += 1)
      number = Math.max(0, number) * 10 + ((this.#bytes[at] ?? 0) - 0x30);
    return number;
  }

  #noteLength(from: number, to: number): void {
    let length = 0;
    for (let position = from; position < to; position += 1) {
      const byte = this.#bytes[position] ?? 0;
      if (!isDigit(byte) || length > 1e14) throw new MalformedResponse('Content-Length is not a length');
      length = length * 10 + (byte - 0x30);
    }
    if (from === to || (this.contentLength >= 0 && this.contentLength !== length))
      throw new MalformedResponse('Content-Length is empty or contradicts itself');
    this.contentLength = length;
  }
}

/**
 * A position at or after the end of the head; -1 while the head is incomplete. Bytes after its empty line may be
 * included. The search begins at `from`.
 */
function endOfHead(bytes: Buffer, from: number, to: number): number {
  const found = bytes.indexOf(usualEnd, from);
  // The bytes after `to` are left over from earlier reads.
  if (found >= 0 && found + usualEnd.length <= to) return found + usualEnd.length;
  for (let position = from; position < to; position += 1) {
    if (bytes[position] !== lineFeed) continue;
    if (position + 1 < to && bytes[position + 1] === lineFeed) return position + 2;
    if (position + 2 < to && bytes[position + 1] === carriageReturn && bytes[position + 2] === lineFeed)
      return position + 3;
  }
  return -1;
}
