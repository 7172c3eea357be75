/** Why bytes are no usable answer; failures are counted under these names. */
export type MalformedKind = 'malformed-response' | 'unsupported-response' | 'response-too-large' | 'unexpected-data';

/** Bytes that are not an HTTP/1.1 response, or more of them than is bearable. */
export class MalformedResponse extends Error {
  readonly kind: MalformedKind;

  constructor(message: string, kind: MalformedKind = 'malformed-response') {
    super(message);
    this.kind = kind;
  }
}
