import { ProofloadError } from '../../../shared/errors/appError';
import type { EncodingFields } from '../../../shared/scenario/contentEncoding';
import { canDecode, describeUnsupported } from './decodeBody';

/**
 * Makes sure that the body of a response can be decoded, in each encoding that the request accepts. Call it for steps
 * that need the body. `place` names the step. Throws `usage`.
 */
export function requireDecoders({ acceptEncoding = [] }: EncodingFields, place: string): void {
  const encoding = acceptEncoding.find((name) => !canDecode(name));
  if (encoding !== undefined)
    throw new ProofloadError(
      'usage',
      `the body of the response to ${place} can't be decoded: ${describeUnsupported(encoding)}`,
      `leave ${encoding} out of "acceptEncoding" there, or run it where it can be decoded`,
    );
}
