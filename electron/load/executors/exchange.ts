import { parseCacheStatus } from '../cacheStatus';
import type { Outcome } from '../http/connection';
import type { WireRequest } from '../http/connectionPool';
import type { Completion } from '../recorder';
import type { PlannedRequest } from '../workload/workload';

/** What an executor needs of an HTTP client. */
export interface Sender {
  send(request: WireRequest, settle: (outcome: Outcome) => void): void;
  /** Settles all requests in flight as not finished. */
  close(): void;
}

/** How a request came to its end, as the recorder wants it. */
export function judgeOutcome(
  request: PlannedRequest,
  outcome: Outcome,
): Pick<Completion, 'failure' | 'cache' | 'serverTiming'> {
  if ('failure' in outcome) return { failure: outcome.failure, cache: undefined, serverTiming: undefined };
  const { status, headers, body } = outcome.response;
  const failure = request.check({ status, header: (name) => headers.get(name), text: () => body.toString('utf8') });
  return {
    failure,
    cache: parseCacheStatus(headers.get('cache-status')),
    serverTiming: headers.get('server-timing'),
  };
}
