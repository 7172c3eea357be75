import { errorMessage } from '../../../shared/errors/appError';
import { type DecodingFault, decodeBody, UndecodableBody } from '../body/decodeBody';
import type { HttpResponse } from '../http/responseParser';

/** Something that was worked out of an answer, or why it can't be. */
export type Read<Value> = { value: Value } | { problem: string };

/** Any JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** An answer to a step. Its body is decoded and parsed once, and only where a check or an extraction asks for it. */
export class Answer {
  readonly #response: HttpResponse;
  #text: Read<string> | undefined;
  #json: Read<Json> | undefined;
  #decodedBytes = 0;
  #fault: DecodingFault | undefined;

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

  /** How many bytes the body has without its content encodings; 0 while nobody has looked at it. */
  get decodedBytes(): number {
    return this.#decodedBytes;
  }

  /** Why the body can't be decoded: then what looks at it can't be right. */
  get fault(): DecodingFault | undefined {
    return this.#fault;
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
    const bytes = this.#response.bytes();
    // One that is empty, or was not kept, is in no encoding.
    if (encoding === undefined || bytes.length === 0) {
      this.#decodedBytes = bytes.length;
      return { value: this.#response.text() };
    }
    try {
      const decoded = decodeBody(bytes, encoding);
      this.#decodedBytes = decoded.length;
      return { value: decoded.toString('utf8') };
    } catch (error) {
      this.#fault = error instanceof UndecodableBody ? error.fault : 'body-malformed';
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
