/** Why bytes are not a usable response. Failures are counted under these names. */
export type MalformedKind = 'malformed-response' | 'unsupported-response' | 'response-too-large' | 'unexpected-data';

/** Thrown for bytes that are not an HTTP/1.1 response, and for a response that is too large. */
export class MalformedResponse extends Error {
  readonly kind: MalformedKind;

  constructor(message: string, kind: MalformedKind = 'malformed-response') {
    super(message);
    this.kind = kind;
  }
}
