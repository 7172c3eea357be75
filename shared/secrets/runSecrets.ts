import type { Target } from '../run/target';
import { bodyTextOf } from '../scenario/requests';
import type { Scenario } from '../scenario/schema';
import { secretNamesIn } from './reference';

/** The names of the secrets that a run sends, each once. Rows of data are sent as they are: they refer to none. */
export function secretNamesOf({ requests = [] }: Pick<Scenario, 'requests'>, target: Target): string[] {
  const texts = requests.flatMap(({ url, headers, body }) => [
    url,
    ...Object.values(headers),
    ...(body === undefined ? [] : [bodyTextOf(body)]),
  ]);
  if (target.kind === 'url')
    texts.push(
      target.url,
      ...target.headers.map(([, value]) => value),
      ...(target.body === undefined ? [] : [target.body]),
    );
  return [...new Set(texts.flatMap(secretNamesIn))];
}
