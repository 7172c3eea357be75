import type { RequestParts } from './requestText';
import type { ReceivedResponse } from './workload';

/** Describes a redirect that was neither expected nor followed. `remedy` is a sentence. */
export function describeRedirect(
  { method, url }: Pick<RequestParts, 'method' | 'url'>,
  response: ReceivedResponse,
  remedy: string,
): string {
  const to = response.header('location');
  return `${method} ${url.origin}${url.target} is answered by ${response.status} and a redirect to ${to ?? 'nowhere'}, which counts as a failure. ${remedy}`;
}

/** What to do about a redirect that a step of a journey does not follow. */
export function stepRemedy(status: number): string {
  return `Follow it, with "redirects": 5 in the step, or expect it, with { "status": ${status} } in the checks of the step`;
}

/** What to do about a redirect that a single request does not follow. */
export const requestRemedy =
  'Name the URL that it leads to, follow it, with "redirects": 5, or expect it, with "expectRedirect": true in the request';
