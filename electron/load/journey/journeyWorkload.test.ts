import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import { level } from '../../../tests/support/factories';
import { wholeLoad } from '../schedule/shard';
import { noDependencies } from '../workload/requestText';
import { RequestWorkload, requestsOf } from '../workload/requestWorkload';
import { CompiledStep } from './compiledStep';
import { JourneyWorkload } from './journeyWorkload';

function parsed(overrides: Record<string, unknown>): Scenario {
  return scenarioSchema.parse({ ...level('level-0'), thresholds: {}, ...overrides });
}

describe('a scenario', () => {
  it('with requests sends the same as with journeys of one step', () => {
    const text = fc.string({ maxLength: 8 }).filter((part) => !/[{}\r\n\0]/.test(part));
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT'),
      url: fc
        .tuple(fc.webPath(), fc.constantFrom('', '?n={{iteration}}', '/{{cell}}'))
        .map(([path, rest]) => `/x${path}${rest}`),
      headers: fc.constantFrom({}, { 'X-Cell': '{{cell}}' }, { Cookie: 'a={{cell}}' }, { accept: 'x' }),
      body: fc.constantFrom(undefined, 'a={{cell}}', { cell: '{{cell}}' }),
    });
    const target = urlTargetSchema.parse({ kind: 'url', url: 'http://u:p@127.0.0.1:3000/base/' });
    fc.assert(
      fc.property(request, text, (one, cell) => {
        const fields = { ...one, ...(one.body === undefined ? {} : { body: one.body }) };
        const rows = { data: [{ cell }, { cell: 1 }] };
        const asRequests = parsed({ requests: [fields], ...rows });
        const asJourneys = parsed({ journeys: [{ name: 'one', steps: [fields] }], ...rows });
        const requests = new RequestWorkload(requestsOf(asRequests, target), asRequests, wholeLoad);
        const journeys = new JourneyWorkload(asJourneys, {
          target,
          shard: wholeLoad,
          secretOf: () => undefined,
          environmentOf: () => undefined,
          dependencies: noDependencies,
        });
        for (let iteration = 0; iteration < 3; iteration += 1) {
          const { operation, wire } = requests.next();
          const { steps, number, variables } = journeys.next();
          const [step] = steps;
          if (!(step instanceof CompiledStep)) throw new RangeError('a request is a step that sends');
          const values = { iteration: number, row: variables };
          const own = step.cookies?.fill(values, (value) => value) ?? '';
          const sent = step.text.write(values, undefined, own);
          const lines = (head: string): string[] => head.split('\r\n').toSorted();
          expect([step.operation, lines(sent.head), sent.body]).toEqual([operation, lines(wire.head), wire.body]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
