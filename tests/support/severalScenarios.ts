import { type Scenario, scenarioSchema } from '../../shared/scenario/schema';

/**
 * Two scenarios in one run: `browse`, whose journeys `look` and `find` have one and two requests, and `buy`, which
 * begins after a second and whose journey `order` has two requests.
 */
export function severalScenarios(overrides: object = {}): Scenario {
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'several',
    name: 'Several',
    load: {
      executor: 'scenarios',
      scenarios: [
        {
          name: 'browse',
          journeys: ['look', 'find'],
          executor: 'constant-arrival-rate',
          rate: 20,
          duration: '4s',
        },
        { name: 'buy', journeys: ['order'], startTime: '1s', executor: 'constant-vus', vus: 2, duration: '2s' },
      ],
    },
    journeys: [
      { name: 'look', weight: 3, steps: [{ name: 'look', url: '/look' }] },
      {
        name: 'find',
        steps: [
          { name: 'list', url: '/list' },
          { name: 'open', url: '/open' },
        ],
      },
      {
        name: 'order',
        steps: [
          { name: 'cart', url: '/cart' },
          { name: 'pay', url: '/pay' },
        ],
      },
    ],
    ...overrides,
  });
}
