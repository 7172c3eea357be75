import { z } from 'zod';

/** The content encodings that Proofload can decode (IANA, HTTP Content Coding Registry). */
const contentEncodings = ['gzip', 'deflate', 'br', 'zstd'] as const;

/** The field of a request that names the accepted encodings of its response. */
export const encodingFields = {
  /** Sent as `Accept-Encoding`, unless a header with this name is present. Without it, no encoding is requested. */
  acceptEncoding: z.array(z.enum(contentEncodings)).min(1).max(contentEncodings.length).optional(),
};

/** The accepted encodings of a response. */
export interface EncodingFields {
  acceptEncoding?: (typeof contentEncodings)[number][] | undefined;
}
