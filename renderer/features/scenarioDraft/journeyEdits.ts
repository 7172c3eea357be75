import { httpMethods } from '../../../shared/run/target';
import type { ScenarioDraft } from '../../../shared/scenario/draft';
import { requestName } from '../../../shared/scenario/requests';
import { type Raw, recordsOf, withKey } from './draftValues';
import { withOneLoad } from './severalEdits';

/* Edits of the journeys of a draft, which can be invalid. */

export const firstRequest: Raw = { method: 'GET', url: '/' };
export const firstPause: Raw = { thinkTime: '1s' };

export function journeysOf(draft: ScenarioDraft): readonly Raw[] {
  return recordsOf(draft.journeys);
}

export function stepsOf(journey: Raw): readonly Raw[] {
  return recordsOf(journey.steps);
}

/** Whether a step is a think time. */
export function isPause(step: Raw): boolean {
  return 'thinkTime' in step;
}

/** The displayed name of a step: its name, or its method and path. */
export function stepName(step: Raw): string {
  if (isPause(step)) return 'think time';
  const method = httpMethods.find((known) => known === step.method) ?? 'GET';
  const name = typeof step.name === 'string' && step.name !== '' ? step.name : undefined;
  return requestName({ name, method, url: typeof step.url === 'string' ? step.url : '/' });
}

/** The name, or a similar one that is not taken. */
function freeName(name: string, taken: readonly unknown[]): string {
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.includes(`${name} ${number}`)) return `${name} ${number}`;
}

/** A journey of one step. */
export function newJourney(journeys: readonly Raw[]): Raw {
  return {
    name: freeName(
      'journey',
      journeys.map(({ name }) => name),
    ),
    steps: [firstRequest],
  };
}

/** The list with an entry moved to another index. */
export function moved<Entry>(list: readonly Entry[], from: number, to: number): readonly Entry[] {
  return from < 0 || from >= list.length
    ? list
    : list.toSpliced(from, 1).toSpliced(to, 0, ...list.slice(from, from + 1));
}

/** The list with a copy of an entry after it, under a new name. */
export function duplicated(list: readonly Raw[], place: number): readonly Raw[] {
  const entry = list[place];
  if (!entry) return list;
  const taken = list.map(({ name }) => name);
  const copy = typeof entry.name === 'string' ? withKey(entry, 'name', freeName(entry.name, taken)) : entry;
  return list.toSpliced(place + 1, 0, copy);
}

/**
 * Converts single requests into one journey that sends them in order. Fields that only single requests have become
 * checks.
 */
function journeyOfRequests(requests: unknown): readonly Raw[] {
  const steps = recordsOf(requests).map((request) => {
    const { weight: _weight, expectRedirect, ...step } = request;
    return expectRedirect === true ? { ...step, checks: [{ status: { min: 200, max: 399 } }] } : step;
  });
  return [{ name: 'journey', steps: steps.length > 0 ? steps : [firstRequest] }];
}

/** Converts steps of journeys into single requests. Checks, extractions and think times are left out. */
function requestsOfJourneys(journeys: readonly Raw[]): readonly Raw[] {
  const requests = journeys.flatMap((journey) =>
    stepsOf(journey)
      .filter((step) => !isPause(step))
      .map(({ checks: _checks, extract: _extract, onFailure: _onFailure, ...request }) => request),
  );
  return requests.length > 0 ? requests : [firstRequest];
}

/** What a scenario sends: operations of the document service, weighted single requests, or journeys. */
export type Work = 'documents' | 'requests' | 'journeys';

export function workOf({ requests, journeys }: ScenarioDraft): Work {
  if (journeys !== undefined) return 'journeys';
  return requests === undefined ? 'documents' : 'requests';
}

/** The draft with another kind of work, converted from the existing one. Only journeys can have several scenarios. */
export function withWork(draft: ScenarioDraft, work: Work): ScenarioDraft {
  const kept = work === 'journeys' ? draft : withOneLoad(draft);
  const { requests, journeys: _journeys, variables, noCookiesReset, noVUConnectionReuse, ...others } = kept;
  const journeys = journeysOf(draft);
  if (work === 'documents') {
    // The built-in service is connected to directly, by HTTP/1.1 without TLS.
    const { proxy: _proxy, httpVersion: _httpVersion, tls: _tls, ...documents } = others;
    return documents;
  }
  if (work === 'requests')
    return { ...others, requests: journeys.length > 0 ? requestsOfJourneys(journeys) : (requests ?? [firstRequest]) };
  const ofUsers = Object.entries({ variables, noCookiesReset, noVUConnectionReuse });
  return {
    ...others,
    ...Object.fromEntries(ofUsers.filter(([, value]) => value !== undefined)),
    journeys: journeys.length > 0 ? journeys : journeyOfRequests(requests),
  };
}
