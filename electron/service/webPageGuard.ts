import type { IncomingMessage } from 'node:http';
import { isLoopbackAuthority } from '../hosts/addresses';
import { Refused } from './answer';
import { headerOf } from './requestHeader';

/**
 * Refuses requests of web pages, which can reach loopback like any program. The `Origin` header reveals a page of
 * another site: browsers send it with every request that can write. The `Host` header reveals a page whose name was
 * made to lead here (DNS rebinding). Programs that load the service send no `Origin`, and the `Host` of this machine.
 */
export class WebPageGuard {
  /**
   * The last `Host` that was accepted. All clients of a run send the same one, so it is compared and not parsed again.
   */
  #known: string | undefined;

  /** Throws {@link Refused} for a request of a web page. */
  check(request: IncomingMessage): void {
    // A request that only reads, such as one for a picture, has no Origin but Sec-Fetch-Site (Fetch Metadata). Its
    // value is `none` for an address that a person types.
    const origin = headerOf(request, 'origin');
    const site = headerOf(request, 'sec-fetch-site');
    if (origin !== undefined || (site !== undefined && site !== 'none'))
      throw new Refused(403, 'requests from web pages are refused');
    const host = headerOf(request, 'host');
    if (host === this.#known && host !== undefined) return;
    if (host === undefined || !isLoopbackAuthority(host))
      throw new Refused(421, 'the Host must be this machine: 127.0.0.1, localhost or [::1]');
    this.#known = host;
  }
}
