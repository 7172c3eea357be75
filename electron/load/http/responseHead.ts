import { MalformedResponse } from './malformedResponse';

const maxHeaderLines = 128;
const initialBytes = 2 * 1024;
/** Offsets kept of each header line: start and end of its name, start and end of its value. */
const offsetsPerLine = 4;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const space = 0x20;
const tab = 0x09;
const colon = 0x3a;
const versionPrefix = Buffer.from('HTTP/1.');

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Whether bytes spell `name`, which is in lower case; header names are ASCII. */
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
 * Status line and headers of a response (RFC 9112, 4 and 5): nothing is allocated until a header is asked for. Reused
 * for all responses of a connection.
 */
export class ResponseHead {
  status = 0;
  minorVersion = 1;
  /** -1 without the header. */
  contentLength = -1;
  chunked = false;
  #closes = false;
  #keepsAlive = false;
  /** A copy of the head: what was read is overwritten by the next read. */
  #bytes: Buffer = Buffer.allocUnsafeSlow(initialBytes);
  /** Length of the head that was taken apart last; -1 for none. */
  #end = -1;
  #lines = 0;
  readonly #offsets = new Int32Array(maxHeaderLines * offsetsPerLine);

  /** What the server says about the connection, by version and header. */
  get keepAlive(): boolean {
    return this.minorVersion === 1 ? !this.#closes : this.#keepsAlive && !this.#closes;
  }

  /**
   * Reads a head from `bytes[0..end)`, without the empty line. Throws MalformedResponse. A head that is the same as
   * the last, as is common within a second, is not taken apart again.
   */
  parse(bytes: Buffer, end: number): void {
    if (end === this.#end && bytes.compare(this.#bytes, 0, end, 0, end) === 0) return;
    this.#end = -1;
    if (end > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(2 * end);
    bytes.copy(this.#bytes, 0, 0, end);
    this.#takeApart(end);
    this.#end = end;
  }

  #takeApart(end: number): void {
    this.contentLength = -1;
    this.chunked = false;
    this.#closes = false;
    this.#keepsAlive = false;
    this.#lines = 0;
    let position = this.#parseStatusLine(end);
    while (position < end) position = this.#parseHeaderLine(position, end);
  }

  /** The value of a header by its name in lower case; of repeated headers joined (RFC 9110, 5.3). */
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

  #parseStatusLine(end: number): number {
    const bytes = this.#bytes;
    for (let index = 0; index < versionPrefix.length; index += 1) {
      if (bytes[index] !== versionPrefix[index])
        throw new MalformedResponse('the answer does not begin with an HTTP/1.1 status line');
    }
    const minor = bytes[7];
    const [hundreds = 0, tens = 0, ones = 0] = [bytes[9], bytes[10], bytes[11]];
    const after = end > 12 ? bytes[12] : carriageReturn;
    const valid =
      end >= 12 &&
      (minor === 0x30 || minor === 0x31) &&
      bytes[8] === space &&
      hundreds > 0x30 &&
      isDigit(hundreds) &&
      isDigit(tens) &&
      isDigit(ones) &&
      (after === space || after === carriageReturn);
    if (!valid) throw new MalformedResponse('the answer does not begin with an HTTP/1.1 status line');
    this.minorVersion = minor === 0x31 ? 1 : 0;
    this.status = (hundreds - 0x30) * 100 + (tens - 0x30) * 10 + (ones - 0x30);
    return this.#endOfLine(12, end) + 2;
  }

  /** The position of the line's CR; the end of the head for its last line. */
  #endOfLine(from: number, end: number): number {
    const bytes = this.#bytes;
    let position = from;
    while (position < end) {
      const byte = bytes[position] ?? 0;
      if (byte < space) {
        if (byte === carriageReturn && bytes[position + 1] === lineFeed) return position;
        if (byte !== tab) throw new MalformedResponse('a header line contains a control character');
      }
      position += 1;
    }
    return end;
  }

  #parseHeaderLine(from: number, end: number): number {
    const bytes = this.#bytes;
    let nameEnd = from;
    while (nameEnd < end && bytes[nameEnd] !== colon) {
      const byte = bytes[nameEnd] ?? 0;
      if (byte <= space || byte >= 0x7f) throw new MalformedResponse('a header line has no proper name');
      nameEnd += 1;
    }
    if (nameEnd === from || nameEnd >= end) throw new MalformedResponse('a header line has no name');
    const lineEnd = this.#endOfLine(nameEnd + 1, end);
    let valueFrom = nameEnd + 1;
    let valueTo = lineEnd;
    while (valueFrom < valueTo && (bytes[valueFrom] === space || bytes[valueFrom] === tab)) valueFrom += 1;
    while (valueTo > valueFrom && (bytes[valueTo - 1] === space || bytes[valueTo - 1] === tab)) valueTo -= 1;
    if (this.#lines === maxHeaderLines)
      throw new MalformedResponse(`the answer has more than ${maxHeaderLines} header lines`, 'response-too-large');
    const at = this.#lines * offsetsPerLine;
    this.#offsets[at] = from;
    this.#offsets[at + 1] = nameEnd;
    this.#offsets[at + 2] = valueFrom;
    this.#offsets[at + 3] = valueTo;
    this.#lines += 1;
    this.#note(from, nameEnd, valueFrom, valueTo);
    return lineEnd + 2;
  }

  /** Keeps what the framing of the body depends on. */
  #note(nameFrom: number, nameTo: number, valueFrom: number, valueTo: number): void {
    const bytes = this.#bytes;
    switch (nameTo - nameFrom) {
      case 14:
        if (spells(bytes, nameFrom, nameTo, 'content-length')) this.#noteLength(valueFrom, valueTo);
        return;
      case 17:
        if (!spells(bytes, nameFrom, nameTo, 'transfer-encoding')) return;
        if (this.chunked || !spells(bytes, valueFrom, valueTo, 'chunked'))
          throw new MalformedResponse('a transfer encoding other than chunked', 'unsupported-response');
        this.chunked = true;
        return;
      case 10: {
        if (!spells(bytes, nameFrom, nameTo, 'connection')) return;
        const value = bytes.toString('latin1', valueFrom, valueTo).toLowerCase();
        for (const option of value.split(',')) {
          if (option.trim() === 'close') this.#closes = true;
          if (option.trim() === 'keep-alive') this.#keepsAlive = true;
        }
      }
    }
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
