/** A complete HTTP response. Header names are in lower case; of repeated headers the values are joined (RFC 9110, 5.3). */
export interface HttpResponse {
  status: number;
  headers: ReadonlyMap<string, string>;
  body: Buffer;
  /** Whether the connection can carry another request. */
  keepAlive: boolean;
}

/** Bytes that are not a HTTP/1.1 response, or more of them than is bearable. */
export class MalformedResponse extends Error {}

const maxHeadBytes = 64 * 1024;
const maxBodyBytes = 64 * 1024 * 1024;
const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/;
const headEnd = Buffer.from('\r\n\r\n');
const empty = Buffer.alloc(0);

interface Head {
  status: number;
  minorVersion: number;
  headers: Map<string, string>;
}

type BodyFraming = { kind: 'length'; length: number } | { kind: 'chunked' } | { kind: 'until-close' };

function parseHead(text: string): Head {
  const lines = text.split('\r\n');
  const [, minorVersion, status] = statusLine.exec(lines[0] ?? '') ?? [];
  if (status === undefined) throw new MalformedResponse('the answer does not begin with an HTTP/1.1 status line');
  const headers = new Map<string, string>();
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const colon = line.indexOf(':');
    if (colon <= 0) throw new MalformedResponse('a header line has no name');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return { status: Number(status), minorVersion: Number(minorVersion), headers };
}

/** RFC 9112, 6.3: how long the body is. */
function framingOf(head: Head, method: string): BodyFraming {
  if (method === 'HEAD' || head.status === 204 || head.status === 304) return { kind: 'length', length: 0 };
  const transferEncoding = head.headers.get('transfer-encoding');
  if (transferEncoding !== undefined) {
    if (transferEncoding.toLowerCase() !== 'chunked')
      throw new MalformedResponse(`unknown transfer encoding ${transferEncoding}`);
    return { kind: 'chunked' };
  }
  const lengthText = head.headers.get('content-length');
  if (lengthText === undefined) return { kind: 'until-close' };
  if (!/^\d{1,15}$/.test(lengthText)) throw new MalformedResponse(`Content-Length ${lengthText} is not a length`);
  const length = Number(lengthText);
  if (length > maxBodyBytes) throw new MalformedResponse('the body is larger than 64 MiB');
  return { kind: 'length', length };
}

/** The end of a chunked body's bytes, or undefined when more must come; `parts` are the chunks (RFC 9112, 7.1). */
function parseChunks(data: Buffer, from: number): { end: number; parts: Buffer[] } | undefined {
  const parts: Buffer[] = [];
  let position = from;
  for (;;) {
    const lineEnd = data.indexOf('\r\n', position);
    if (lineEnd < 0) return undefined;
    const sizeText = data.toString('latin1', position, lineEnd).split(';', 1)[0]?.trim() ?? '';
    if (!/^[0-9a-fA-F]{1,8}$/.test(sizeText)) throw new MalformedResponse('a chunk has no size');
    const size = Number.parseInt(sizeText, 16);
    position = lineEnd + 2;
    if (size === 0) return endOfTrailers(data, position, parts);
    if (data.length < position + size + 2) return undefined;
    if (data[position + size] !== 0x0d || data[position + size + 1] !== 0x0a)
      throw new MalformedResponse('a chunk is longer than its size');
    parts.push(data.subarray(position, position + size));
    position += size + 2;
  }
}

function endOfTrailers(data: Buffer, from: number, parts: Buffer[]): { end: number; parts: Buffer[] } | undefined {
  let position = from;
  for (;;) {
    const lineEnd = data.indexOf('\r\n', position);
    if (lineEnd < 0) return undefined;
    if (lineEnd === position) return { end: lineEnd + 2, parts };
    position = lineEnd + 2;
  }
}

/** Reads the responses of one connection, one request at a time (RFC 9112). Bytes may come in any pieces. */
export class ResponseParser {
  #data: Buffer = empty;
  #head: Head | undefined;
  #framing: BodyFraming | undefined;
  #bodyFrom = 0;
  #method = 'GET';

  /** Announces the request whose response comes next. */
  expect(method: string): void {
    this.#method = method;
  }

  /**
   * Takes bytes; returns the response when they complete one. Throws MalformedResponse; the connection is of no use
   * afterwards.
   */
  push(chunk: Buffer): HttpResponse | undefined {
    this.#data = this.#data.length === 0 ? chunk : Buffer.concat([this.#data, chunk]);
    while (!this.#head) {
      if (!this.#readHead()) return undefined;
    }
    const body = this.#readBody();
    return body && this.#finish(body.bytes, body.end);
  }

  /** The connection was closed by the server; returns the response if that is what ends it. */
  end(): HttpResponse | undefined {
    if (this.#framing?.kind !== 'until-close') return undefined;
    return this.#finish(this.#data.subarray(this.#bodyFrom), this.#data.length);
  }

  /** Reads a head, skipping interim responses (1xx). Returns false when more bytes must come. */
  #readHead(): boolean {
    const end = this.#data.indexOf(headEnd);
    if (end < 0) {
      if (this.#data.length > maxHeadBytes) throw new MalformedResponse('the header is larger than 64 KiB');
      return false;
    }
    const head = parseHead(this.#data.toString('latin1', 0, end));
    const bodyFrom = end + headEnd.length;
    if (head.status < 200) {
      if (head.status === 101) throw new MalformedResponse('the server switched protocols without being asked');
      this.#data = this.#data.subarray(bodyFrom);
      return this.#data.length > 0;
    }
    this.#head = head;
    this.#framing = framingOf(head, this.#method);
    this.#bodyFrom = bodyFrom;
    return true;
  }

  #readBody(): { bytes: Buffer; end: number } | undefined {
    const from = this.#bodyFrom;
    switch (this.#framing?.kind) {
      case 'length': {
        const end = from + this.#framing.length;
        return this.#data.length >= end ? { bytes: this.#data.subarray(from, end), end } : undefined;
      }
      case 'chunked': {
        const chunks = parseChunks(this.#data, from);
        if (!chunks && this.#data.length > maxBodyBytes) throw new MalformedResponse('the body is larger than 64 MiB');
        return (
          chunks && {
            bytes: chunks.parts.length === 1 ? (chunks.parts[0] ?? empty) : Buffer.concat(chunks.parts),
            end: chunks.end,
          }
        );
      }
      default:
        if (this.#data.length > maxBodyBytes) throw new MalformedResponse('the body is larger than 64 MiB');
        return undefined;
    }
  }

  #finish(body: Buffer, end: number): HttpResponse {
    const { status, minorVersion, headers } = this.#head ?? {
      status: 0,
      minorVersion: 1,
      headers: new Map<string, string>(),
    };
    const rest = this.#data.subarray(end);
    // One request at a time: bytes beyond its response belong to nothing.
    if (rest.length > 0) throw new MalformedResponse('there are bytes after the end of the answer');
    const connection = headers.get('connection')?.toLowerCase();
    const keepAlive =
      this.#framing?.kind !== 'until-close' &&
      (minorVersion === 1 ? connection !== 'close' : connection === 'keep-alive');
    this.#data = empty;
    this.#head = undefined;
    this.#framing = undefined;
    return { status, headers, body, keepAlive };
  }
}
