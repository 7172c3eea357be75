import zlib, { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { errorMessage } from '../../../shared/errors/appError';
import type { HttpResponse } from '../http/responseParser';

/** What a decoded body may have at most: as much as one that comes without an encoding. */
const maxDecodedBytes = 64 * 1024 * 1024;
const limit = { maxOutputLength: maxDecodedBytes };

type Decode = (bytes: Buffer) => Buffer;

/** RFC 9110, 8.4.1: `deflate` is zlib's format; some servers send the bare stream instead. */
function inflate(bytes: Buffer): Buffer {
  const isZlib = ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;
  return isZlib ? inflateSync(bytes, limit) : inflateRawSync(bytes, limit);
}

const decoders = new Map<string, Decode>([
  ['gzip', (bytes) => gunzipSync(bytes, limit)],
  ['x-gzip', (bytes) => gunzipSync(bytes, limit)],
  ['deflate', inflate],
  ['br', (bytes) => brotliDecompressSync(bytes, limit)],
  ['identity', (bytes) => bytes],
]);
// Node has it since 22.15: an import by name would keep an older one, as in Electron 33, from loading this file.
if ('zstdDecompressSync' in zlib) decoders.set('zstd', (bytes) => zlib.zstdDecompressSync(bytes, limit));

/** Takes the encodings off in the opposite order in which they were put on. Throws Error. */
function decode(bytes: Buffer, encoding: string): Buffer {
  return encoding
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
    .reduceRight((rest, name) => {
      const decoder = decoders.get(name);
      if (!decoder) throw new Error(`the encoding ${name} cannot be decoded here`);
      return decoder(rest);
    }, bytes);
}

/** Something that was worked out of an answer, or why it can't be. */
export type Read<Value> = { value: Value } | { problem: string };

/** Any JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** An answer to a step. Its body is decoded and parsed once, and only where a check or an extraction asks for it. */
export class Answer {
  readonly #response: HttpResponse;
  #text: Read<string> | undefined;
  #json: Read<Json> | undefined;

  /** `response` is a view of the connection's memory, and so is this. */
  constructor(response: HttpResponse) {
    this.#response = response;
  }

  get status(): number {
    return this.#response.status;
  }

  /** How many bytes the body has as it came over the wire. */
  get bodyBytes(): number {
    return this.#response.bodyBytes;
  }

  /** A header by its name in any case. */
  header(name: string): string | undefined {
    return this.#response.header(name.toLowerCase());
  }

  /** The `Set-Cookie` headers. */
  get setCookies(): readonly string[] {
    return this.#response.values('set-cookie');
  }

  /** The body as text, without its content encodings. */
  text(): Read<string> {
    this.#text ??= this.#readText();
    return this.#text;
  }

  /** The body as JSON. */
  json(): Read<Json> {
    this.#json ??= this.#readJson();
    return this.#json;
  }

  #readText(): Read<string> {
    const encoding = this.#response.header('content-encoding');
    if (encoding === undefined) return { value: this.#response.text() };
    try {
      return { value: decode(this.#response.bytes(), encoding).toString('utf8') };
    } catch (error) {
      return { problem: `the body can't be decoded: ${errorMessage(error)}` };
    }
  }

  #readJson(): Read<Json> {
    const text = this.text();
    if ('problem' in text) return text;
    try {
      const value: Json = JSON.parse(text.value);
      return { value };
    } catch {
      return { problem: 'the body is not JSON' };
    }
  }
}
