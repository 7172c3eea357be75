import { expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { level } from '../../../tests/support/factories';
import { destinationsOf } from './loadedHosts';

it('setup and teardown go to hosts that are asked about, with their secrets', () => {
  const step = (host: string) => ({ url: `http://${host}/`, headers: { 'X-Key': `{{secret.KEY_${host[0]}}}` } });
  const scenario = scenarioSchema.parse({
    ...level('level-0'),
    thresholds: {},
    setup: { steps: [step('a.test')] },
    journeys: [{ name: 'visit', steps: [step('b.test')] }],
    teardown: { steps: [step('c.test')] },
  });
  const target = urlTargetSchema.parse({ kind: 'url', url: 'http://b.test/' });
  const asked = destinationsOf(scenario, target).map(({ host, secrets }) => [host, secrets]);
  expect(asked.toSorted()).toEqual([
    ['a.test', ['KEY_a']],
    ['b.test', ['KEY_b']],
    ['c.test', ['KEY_c']],
  ]);
});

it('a proxy is asked about with what it can read, and names behind it are marked', () => {
  const scenario = scenarioSchema.parse({
    ...level('level-0'),
    thresholds: {},
    requests: [
      { url: 'http://a.test/', headers: { 'X-Key': '{{secret.PLAIN}}' } },
      { url: 'https://b.test/', headers: { 'X-Key': '{{secret.HIDDEN}}' } },
    ],
    proxy: 'http://{{secret.USER}}:{{secret.PASSWORD}}@proxy.test:3128',
  });
  const target = urlTargetSchema.parse({ kind: 'url', url: 'http://a.test/' });
  expect(
    destinationsOf(scenario, target).map(({ host, secrets, isBehindProxy }) => [host, secrets, isBehindProxy]),
  ).toEqual([
    ['proxy.test', ['USER', 'PASSWORD', 'PLAIN'], undefined],
    ['a.test', ['PLAIN'], true],
    ['b.test', ['HIDDEN'], true],
  ]);
});

it('redirects of single requests lead to hosts that are asked about, with the secrets of their bodies', () => {
  const redirects = { max: 2, hosts: ['login.test'] };
  const scenario = scenarioSchema.parse({
    ...level('level-0'),
    thresholds: {},
    requests: [
      { url: '/a', method: 'POST', body: '{{secret.BODY}}', headers: { 'X-Key': '{{secret.KEY}}' }, redirects },
    ],
  });
  const target = urlTargetSchema.parse({ kind: 'url', url: 'http://b.test/', redirects });
  expect(destinationsOf(scenario, target)).toContainEqual({ host: 'login.test', secrets: ['BODY'] });
  const alone = destinationsOf({ ...scenario, requests: undefined }, { ...target, body: '{{secret.OTHER}}' });
  expect(alone).toContainEqual({ host: 'login.test', secrets: ['OTHER'] });
  expect(destinationsOf({ ...scenario, requests: undefined }, { ...target, redirects: undefined })).toHaveLength(1);
});
