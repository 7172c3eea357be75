import { z } from 'zod';

/**
 * The HTTP version of requests to the user's own service: HTTP/1.1; HTTP/2 when the server offers it in the TLS
 * handshake (ALPN), like curl's `--http2`; or HTTP/2 without negotiation, also without TLS (h2c), like curl's
 * `--http2-prior-knowledge`.
 */
export const httpVersionField = z.enum(['1.1', '2', '2-prior-knowledge']);
export type HttpVersion = z.infer<typeof httpVersionField>;
