import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import { requireTraceable } from './requireTraceable';

function scenario(overrides: Record<string, unknown>): Scenario {
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'mine',
    name: 'Mine',
    load: { executor: 'constant-vus', vus: 1, duration: '1s' },
    tracing: 'w3c',
    ...overrides,
  });
}

const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1:1/' });
const named = { Traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };

describe('a scenario with trace contexts', () => {
  it.each([
    ['a header of a request', scenario({ requests: [{ url: '/', headers: named }] }), target],
    ['a header of a step', scenario({ journeys: [{ name: 'a', steps: [{ url: '/', headers: named }] }] }), target],
    ['a header of the target', scenario({}), { ...target, headers: Object.entries(named) }],
    [
      'a driver that writes none',
      scenario({ load: { executor: 'constant-vus', vus: 1, duration: '1s', driver: 'autocannon' } }),
      target,
    ],
  ])('is refused with %s', (_why, asked, to) => {
    expect(() => requireTraceable(asked, to)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => requireTraceable({ ...asked, tracing: undefined }, to)).not.toThrow();
  });

  it('is taken otherwise', () => {
    expect(() =>
      requireTraceable(scenario({ requests: [{ url: '/', headers: { Accept: 'x' } }] }), target),
    ).not.toThrow();
  });
});
