import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { httpResponse, level } from '../../../tests/support/factories';
import { CompiledStep } from '../journey/compiledStep';
import { JourneyWorkload } from '../journey/journeyWorkload';
import { wholeLoad } from '../schedule/shard';
import { openWorkload } from './openWorkload';
import { RequestWorkload } from './requestWorkload';

const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1:3000/' });

function opened(steps: readonly object[], others: object = {}) {
  const scenario = scenarioSchema.parse({
    ...level('level-0'),
    thresholds: {},
    journeys: [{ name: 'visit', steps }],
    ...others,
  });
  return openWorkload(scenario, target, wholeLoad, new Map([['KEY', 'k']])).workload;
}

describe('a journey of one step', () => {
  it.each([
    [[{ url: '/' }], {}],
    [[{ url: '/{{id}}/{{iteration}}', headers: { A: '{{secret.KEY}}' } }], { data: [{ id: 1 }] }],
  ])('%j takes the path of single requests', (steps, others) => {
    expect(opened(steps, others)).toBeInstanceOf(RequestWorkload);
  });

  it.each([
    ['two steps', [{ url: '/' }, { url: '/b' }], {}],
    ['a think time', [{ url: '/' }, { thinkTime: '1s' }], {}],
    ['a check', [{ url: '/', checks: [{ status: 200 }] }], {}],
    ['an extraction', [{ url: '/', extract: { a: { status: true } } }], {}],
    ['a user', [{ url: '/{{vu}}' }], {}],
    ['a variable', [{ url: '/{{a}}' }], { variables: { a: 1 } }],
    ['the environment', [{ url: '/', headers: { A: '{{env.A}}' } }], {}],
    ['a link', [{ url: '{{a}}' }], { data: [{ a: '/x' }] }],
    ['cookies that are kept', [{ url: '/' }], { noCookiesReset: true }],
    ['connections that are not', [{ url: '/' }], { noVUConnectionReuse: true }],
  ])('with %s needs virtual users', (_what, steps, others) => {
    expect(opened(steps, others)).toBeInstanceOf(JourneyWorkload);
  });

  it('is judged as a step is: 200 to 299 is right, and the remedy for a redirect is a check', () => {
    const workload = opened([{ url: '/a' }]);
    if (workload instanceof JourneyWorkload) throw new RangeError('single requests are expected');
    const request = workload.next();
    const kinds = [200, 299, 304, 404].map((status) => request.check(httpResponse({ status })));
    expect(kinds).toEqual([undefined, undefined, 'status-304', 'status-404']);
    expect(request.check(httpResponse({ status: 302, header: () => '/b' }))).toBe('redirected');
    expect(workload.redirect?.()).toContain('{ "status": 302 } in the checks of the step');
  });
});

describe('a single request', () => {
  const requestsOf = (requests: readonly object[], to: object = {}) =>
    openWorkload(
      scenarioSchema.parse({ ...level('level-0'), thresholds: {}, requests, data: [{ id: 1 }] }),
      { ...target, ...to },
      wholeLoad,
      new Map(),
    ).workload;

  it('needs virtual users where a redirect is followed, of whatever request', () => {
    expect(requestsOf([{ url: '/' }, { url: '/b', redirects: 0 }])).toBeInstanceOf(RequestWorkload);
    expect(requestsOf([{ url: '/' }, { url: '/b', redirects: 1 }])).toBeInstanceOf(JourneyWorkload);
  });

  it('keeps its own placeholders and its own right answers', () => {
    const workload = requestsOf([{ url: '/{{id}}/{{iteration}}/{{env.A}}', redirects: 1 }]);
    if (!(workload instanceof JourneyWorkload)) throw new RangeError('journeys are expected');
    const { steps, variables, number: iteration } = workload.next();
    const [step] = steps;
    if (!(step instanceof CompiledStep)) throw new RangeError('a request is expected');
    expect(step.target({ iteration, row: variables })).toBe('/1/0/{{env.A}}');
    const kinds = [200, 304, 302, 404].map(
      (status) => step.judge(httpResponse({ status, header: () => '/b' }), undefined, () => {}, undefined).failure,
    );
    expect(kinds).toEqual([undefined, undefined, 'redirected', 'status-404']);
    expect(workload.redirect()).toContain('"expectRedirect": true');
  });
});
