import type { Target } from '../run/target';
import { textsOf } from '../scenario/requests';
import { type OwnRequests, requestsIn } from '../scenario/steps';
import { secretNamesIn } from './reference';

/** Returns the names of the secrets that a run sends, without duplicates. Data rows contain no references. */
export function secretNamesOf(scenario: OwnRequests, target: Target): string[] {
  const texts = (requestsIn(scenario) ?? []).flatMap(textsOf);
  if (scenario.proxy !== undefined) texts.push(scenario.proxy);
  if (target.kind === 'url')
    texts.push(
      target.url,
      ...target.headers.map(([, value]) => value),
      ...(target.body === undefined ? [] : [target.body]),
    );
  return [...new Set(texts.flatMap(secretNamesIn))];
}
