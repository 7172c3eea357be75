import { z } from 'zod';

/** The content encodings that an answer may have (IANA, HTTP Content Coding Registry), as far as they can be taken off. */
const contentEncodings = ['gzip', 'deflate', 'br', 'zstd'] as const;

/** What of a request says which encodings its answer may have. */
export const encodingFields = {
  /** Sent as `Accept-Encoding`, unless a header of this name is. Without it no encoding is asked for. */
  acceptEncoding: z.array(z.enum(contentEncodings)).min(1).max(contentEncodings.length).optional(),
};

/** What a request says of the encodings of its answer. */
export interface EncodingFields {
  acceptEncoding?: (typeof contentEncodings)[number][] | undefined;
}
