import type { Check } from '../../shared/scenario/journeys';
import { requestName } from '../../shared/scenario/requests';
import type { Scenario } from '../../shared/scenario/schema';
import { namedSteps } from '../../shared/scenario/steps';
import { writtenChecks } from '../report/exporters/artilleryChecks';
import { type ExpectedResponse, isSuccess } from './artilleryStream';

function isAsked(status: number, check: Extract<Check, { status: unknown }>): boolean {
  return [check.status]
    .flat()
    .some((range) => (typeof range === 'number' ? status === range : status >= range.min && status <= range.max));
}

/** The expected responses of a scenario, by operation. */
export function artilleryResponses({ requests = [], journeys = [] }: Scenario): ReadonlyMap<string, ExpectedResponse> {
  const single = requests.map((request): [string, ExpectedResponse] => [
    requestName(request),
    { isExpected: (status) => isSuccess(status, request.expectRedirect), checks: [] },
  ]);
  const steps = namedSteps(journeys).map(({ operation, request }): [string, ExpectedResponse] => {
    const asked = request.checks.filter((check) => 'status' in check);
    const isExpected = (status: number): boolean =>
      asked.length === 0 ? isSuccess(status) : asked.every((check) => isAsked(status, check));
    return [operation, { isExpected, checks: writtenChecks(request) }];
  });
  return new Map([...single, ...steps]);
}
