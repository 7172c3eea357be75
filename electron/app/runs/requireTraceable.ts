import { ProofloadError } from '../../../shared/errors/appError';
import type { Target } from '../../../shared/run/target';
import type { Scenario } from '../../../shared/scenario/schema';
import { requestsIn } from '../../../shared/scenario/steps';

/**
 * Checks that a trace context can be added to each request, and that no request has its own `traceparent` header.
 * Throws `usage`.
 */
export function requireTraceable(scenario: Scenario, target: Target): void {
  if (scenario.tracing === undefined) return;
  const { load } = scenario;
  if ('driver' in load && load.driver === 'autocannon')
    throw new ProofloadError(
      'usage',
      'autocannon sends the same request each time, but each request needs a trace context of its own',
      'choose the driver proofload, or send no trace context',
    );
  const ofTarget = target.kind === 'url' ? target.headers.map(([name]) => name) : [];
  const named = [...ofTarget, ...(requestsIn(scenario) ?? []).flatMap(({ headers }) => Object.keys(headers))];
  if (named.some((name) => name.toLowerCase() === 'traceparent'))
    throw new ProofloadError(
      'usage',
      'a request has a traceparent header of its own, and the scenario asks for another',
      'leave the header out, or send no trace context',
    );
}
