import type { RequestParts } from './requestText';
import type { ReceivedResponse } from './workload';

/** Where an answer led that was a redirect and was not expected to be one. `remedy` is what says that it is. */
export function describeRedirect(
  { method, url }: Pick<RequestParts, 'method' | 'url'>,
  response: ReceivedResponse,
  remedy: string,
): string {
  const to = response.header('location');
  return `${method} ${url.origin}${url.target} is answered by ${response.status} and a redirect to ${to ?? 'nowhere'}: redirects are not followed and count as failures. Name the URL that it leads to, or say ${remedy}`;
}
