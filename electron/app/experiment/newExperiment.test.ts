import { expect, it } from 'vitest';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { environment, level } from '../../../tests/support/factories';
import { urlTarget } from '../targets/urlTarget';
import { newExperiment } from './newExperiment';

it('searches the capacity by the way that the scenario names, with its requests and its rows', () => {
  const { thresholds: _thresholds, ...base } = level('level-1');
  const sent = {
    requests: [{ url: '/{{id}}' }],
    data: [{ id: 1 }],
    proxy: 'http://127.0.0.1:3128',
    httpVersion: '2' as const,
    tls: { insecureSkipTLSVerify: true, caFile: 'ca.pem' },
  };
  const scenario = scenarioSchema.parse({ ...base, ...sent });
  const variants = [1, 2].map((port) => ({
    name: `at ${port}`,
    target: urlTarget({ url: `https://127.0.0.1:${port}/` }),
  }));
  const wish = { variants, scenario, scenarioFolder: '/scenarios', overrides: {}, pairs: 2, untilSure: false };
  const measured = { band: 0.02, metric: 'p95', withCapacity: true } as const;
  const experiment = newExperiment({ ...wish, ...measured }, environment, [], new Date(0));
  expect(experiment.capacity?.scenario).toMatchObject({ ...sent, requests: scenario.requests });
  expect(experiment.scenarioFolder).toBe('/scenarios');
});
