import { errorMessage } from '../errors/appError';
import { wireUrl } from '../http/wireUrl';

/** Host names and addresses. The URL parser accepts more, such as `=` and quotes (WHATWG URL, 3.5). */
const hostname = /^[a-z0-9._:-]+$/;

/**
 * Returns why no request can be sent to a URL of a scenario; undefined when one can. The URL is absolute or a path on
 * the server of the run. An absolute URL must name its host: browsers would parse `http:///dev/null` as the host `dev`.
 */
export function describeUnusableUrl(url: string): string | undefined {
  if (/^https?:(?!\/\/[^/\\?#])/i.test(url)) return `${url} names no host: write http://host:port/path`;
  try {
    const { hostname: host } = wireUrl(url, 'http://target.invalid/');
    return hostname.test(host) ? undefined : `${host} is not the name of a host: write http://host:port/path`;
  } catch (error) {
    return errorMessage(error);
  }
}
