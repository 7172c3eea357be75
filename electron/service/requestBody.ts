import type { IncomingMessage } from 'node:http';
import { Refused } from './answer';
import { BadRequest } from './documentService';

const maxBodyBytes = 4_000_000;

/** RFC 9110, section 8.3: type and subtype in any case, then parameters. JSON has none that matter. */
const jsonType = /^application\/json[ \t]*(?:;|$)/i;

/** Whether a request has a body (RFC 9112, 6.3). Without one, Node emits no `end`: see createHttpServer. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/**
 * Reads a JSON body. Rejects with {@link Refused} for another type: a form of a web page cannot send this one without a
 * preflight request.
 */
export function readBody(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'];
  if (type !== 'application/json' && !jsonType.test(type ?? ''))
    return Promise.reject(new Refused(415, 'the body must be JSON, with Content-Type: application/json'));
  if (!hasBody(request)) return Promise.reject(new BadRequest('the body is not JSON'));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBodyBytes) reject(new BadRequest(`the body is larger than ${maxBodyBytes} bytes`));
      else chunks.push(chunk);
    });
    request.on('end', () => {
      try {
        resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      } catch {
        reject(new BadRequest('the body is not JSON'));
      }
    });
    request.on('error', reject);
  });
}
