import { errorMessage } from '../../../shared/errors/appError';
import { type DecodingFault, decodeBody, UndecodableBody } from '../body/decodeBody';
import type { HttpResponse } from '../http/responseParser';

/** A value that was read from a response, or why it can't be read. */
export type Read<Value> = { value: Value } | { problem: string };

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * The response to a step. Its body is decoded and parsed at most once, when a check or an extraction first needs it.
 */
export class Answer {
  readonly #response: HttpResponse;
  #text: Read<string> | undefined;
  #json: Read<Json> | undefined;
  #decodedBytes = 0;
  #fault: DecodingFault | undefined;

  /** `response` and this object are views of the connection's memory. */
  constructor(response: HttpResponse) {
    this.#response = response;
  }

  get status(): number {
    return this.#response.status;
  }

  /** The size of the body on the wire, in bytes. */
  get bodyBytes(): number {
    return this.#response.bodyBytes;
  }

  /** The size of the body without its content encodings, in bytes; 0 until the body is read. */
  get decodedBytes(): number {
    return this.#decodedBytes;
  }

  /** Why the body can't be decoded. Checks and extractions that need the body then fail. */
  get fault(): DecodingFault | undefined {
    return this.#fault;
  }

  /** The value of a header. The case of `name` does not matter. */
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
    // An empty body, or one that was not kept, has no encoding to remove.
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
