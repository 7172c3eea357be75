import { type ValueVisitor, visitTexts } from '../responseHead';
import type { HttpResponse } from '../responseParser';

/** The maximum size of a body that is kept, as with HTTP/1.1. */
const maxBodyBytes = 64 * 1024 * 1024;
const noBytes = Buffer.alloc(0);

/** An HTTP/2 response, both while it arrives and when it is complete. */
export class Http2Response implements HttpResponse {
  readonly keepAlive = true;
  readonly status: number;
  readonly headNumber = undefined;
  bodyBytes = 0;
  receivedBytes = 0;
  readonly #raw: readonly string[];
  readonly #chunks: Buffer[] | undefined;

  /** `raw` alternates names and values. A body that is not kept is only counted. */
  constructor(status: number, raw: readonly string[], keepsBody: boolean) {
    this.status = status;
    this.#raw = raw;
    this.#chunks = keepsBody ? [] : undefined;
  }

  /** Adds a piece of the body. Returns false when a kept body exceeds its maximum size. */
  push(chunk: Buffer): boolean {
    this.bodyBytes += chunk.length;
    if (!this.#chunks) return true;
    this.#chunks.push(chunk);
    return this.bodyBytes <= maxBodyBytes;
  }

  header(name: string): string | undefined {
    const values = this.values(name);
    return values.length === 0 ? undefined : values.join(', ');
  }

  visitValues(name: string, visit: ValueVisitor): void {
    visitTexts(this.values(name), visit);
  }

  values(name: string): string[] {
    return this.headers().flatMap(([found, value]) => (found === name ? [value] : []));
  }

  headers(): [name: string, value: string][] {
    const headers: [string, string][] = [];
    for (let at = 0; at < this.#raw.length; at += 2) {
      const name = this.#raw[at] ?? '';
      if (!name.startsWith(':')) headers.push([name.toLowerCase(), this.#raw[at + 1] ?? '']);
    }
    return headers;
  }

  text(): string {
    return this.bytes().toString('utf8');
  }

  bytes(): Buffer {
    const [first = noBytes, ...others] = this.#chunks ?? [];
    return others.length === 0 ? first : Buffer.concat([first, ...others]);
  }
}
