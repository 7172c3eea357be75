import { z } from 'zod';

/**
 * What requests to a service of one's own speak: HTTP/1.1; HTTP/2 where a server offers it in its TLS handshake (ALPN), as
 * curl's `--http2`; or HTTP/2 whatever a server says, without TLS as well (h2c), as curl's `--http2-prior-knowledge`.
 */
export const httpVersionField = z.enum(['1.1', '2', '2-prior-knowledge']);
export type HttpVersion = z.infer<typeof httpVersionField>;
