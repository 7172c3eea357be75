import type { UrlTarget } from '../run/target';
import type { Journey, StatusRange } from './journeys';
import { maxRedirectsOf } from './redirects';
import { requestName, type ScenarioRequest } from './requests';

/** A request as a journey of one step, for a virtual user. */
export interface RequestJourney {
  journey: Journey;
  /** The statuses that count as success. */
  rightStatuses: readonly StatusRange[];
}

/**
 * The statuses that count as success for single requests. RFC 9110 treats 304 as a valid response to a conditional
 * request (15.4.5).
 */
const success: readonly StatusRange[] = [{ min: 200, max: 299 }, 304];

/** Turns a request of a scenario into a journey. */
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

/** Turns the single request of a URL target into a journey. Every request gets its headers anyway. */
export function targetJourney({ url, method, body, redirects }: UrlTarget): RequestJourney {
  const name = 'request';
  return requestJourney({ name, weight: 1, method, url, headers: {}, body, redirects });
}

/** The part of a request or target that enables redirects. */
interface MayFollow {
  redirects?: UrlTarget['redirects'];
}

/** Whether redirects of single requests are followed. Without requests in the scenario, the target decides. */
export function followsRedirects(
  { requests }: { requests?: readonly MayFollow[] | undefined },
  target?: MayFollow | undefined,
): boolean {
  return (requests ?? [target ?? {}]).some((request) => maxRedirectsOf(request) > 0);
}
