import type { UrlTarget } from '../../../shared/run/target';
import type { PlannedRequest, Workload } from './workload';

/** The same request again and again, as `curl -X METHOD -H HEADER -d BODY URL` would send it. Success is 2xx or 3xx. */
export class UrlWorkload implements Workload {
  readonly #request: PlannedRequest;

  constructor(target: UrlTarget) {
    const url = new URL(target.url);
    const given = new Set(target.headers.map(([name]) => name.toLowerCase()));
    const lines = target.headers.map(([name, value]) => `${name}: ${value}`);
    if (!given.has('host')) lines.unshift(`Host: ${url.host}`);
    if (!given.has('user-agent')) lines.push('User-Agent: proofload');
    if (!given.has('accept')) lines.push('Accept: */*');
    if (target.body !== undefined) {
      if (!given.has('content-type')) lines.push('Content-Type: application/x-www-form-urlencoded');
      lines.push(`Content-Length: ${Buffer.byteLength(target.body)}`);
    }
    const head = `${target.method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
    this.#request = {
      operation: 'request',
      wire: { method: target.method, head, body: target.body, origin: 0 },
      keepsBody: false,
      check: ({ status }) => (status >= 200 && status < 400 ? undefined : `status-${status}`),
    };
  }

  next(): PlannedRequest {
    return this.#request;
  }
}
