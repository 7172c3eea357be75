import { errorMessage } from '../errors/appError';
import { wireUrl } from '../http/wireUrl';

/** Names and addresses of hosts; the parser of URLs takes more, such as `=` and quotes (WHATWG URL, 3.5). */
const hostname = /^[a-z0-9._:-]+$/;

/**
 * Why no request can go to a URL of a scenario, which is one in full or a path on the server that a run names;
 * undefined where one can. A URL in full names its host: the parser of browsers would take `http:///dev/null` for a
 * host `dev`.
 */
export function describeUnusableUrl(url: string): string | undefined {
  if (/^https?:(?!\/\/[^/\\?#])/i.test(url)) return `${url} names no host: write http://host:port/path`;
  try {
    const { hostname: host } = wireUrl(url, 'http://target.invalid/');
    return hostname.test(host) ? undefined : `${host} is no name of a host: write http://host:port/path`;
  } catch (error) {
    return errorMessage(error);
  }
}
