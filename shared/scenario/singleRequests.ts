import type { UrlTarget } from '../run/target';
import type { Journey, StatusRange } from './journeys';
import { maxRedirectsOf } from './redirects';
import { requestName, type ScenarioRequest } from './requests';

/** A request as a journey of one step, which a virtual user can go through. */
export interface RequestJourney {
  journey: Journey;
  /** What the status of its answer may be. */
  rightStatuses: readonly StatusRange[];
}

/** What a run of single requests takes for right: RFC 9110 calls 304 an answer to what was asked for (15.4.5). */
const success: readonly StatusRange[] = [{ min: 200, max: 299 }, 304];

/** A request of a scenario as a journey. */
export function requestJourney({ weight, expectRedirect = false, ...request }: ScenarioRequest): RequestJourney {
  return {
    journey: {
      name: requestName(request),
      weight,
      steps: [{ ...request, checks: [], extract: {}, onFailure: 'end' }],
    },
    rightStatuses: expectRedirect ? [{ min: 200, max: 399 }] : success,
  };
}

/** The one request that a target names as curl would, as a journey; its headers are added to those of every request. */
export function targetJourney({ url, method, body, redirects }: UrlTarget): RequestJourney {
  const name = 'request';
  return requestJourney({ name, weight: 1, method, url, headers: {}, body, redirects });
}

/** What may say that redirects of single requests are followed. */
interface MayFollow {
  redirects?: UrlTarget['redirects'];
}

/** Whether a redirect of a single request is followed: of those of a scenario, or without any of that of the target. */
export function followsRedirects(
  { requests }: { requests?: readonly MayFollow[] | undefined },
  target?: MayFollow | undefined,
): boolean {
  return (requests ?? [target ?? {}]).some((request) => maxRedirectsOf(request) > 0);
}
