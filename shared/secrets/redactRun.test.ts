import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../run/target';
import { requestName } from '../scenario/requests';
import { scenarioSchema } from '../scenario/schema';
import { hasRedacted, redactorOf, redactScenario, redactTarget } from './redactRun';

const scenario = scenarioSchema.parse({
  schema: 'proofload.scenario/1',
  id: 'mine',
  name: 'of http://u:p@h/',
  load: { executor: 'constant-vus', vus: 1, duration: '1s' },
  requests: [
    { url: '/a?token={{t}}', headers: { Authorization: 'Bearer {{bearer}}', 'X-Api-Key': 'key-of-mine' } },
    { url: '/b', method: 'POST', body: { password: 'p', customer: '{{customer}}' } },
  ],
  data: [{ t: 't1', bearer: 'b1', customer: 'c1', password: 12 }],
});

describe('a scenario without its secrets', () => {
  it('hides what is typed and what fills the place of a secret, and stays a scenario', () => {
    const hidden = redactScenario(scenario);
    expect(hidden.name).toBe('of http://***@h/');
    expect(hidden.requests?.[0]?.headers).toEqual({ Authorization: 'Bearer {{bearer}}', 'X-Api-Key': '***' });
    expect(hidden.requests?.[1]?.body).toEqual({ password: '***', customer: '{{customer}}' });
    expect(hidden.data).toEqual([{ t: '***', bearer: '***', customer: 'c1', password: '***' }]);
    expect(scenarioSchema.parse(hidden)).toEqual(hidden);
    expect(redactScenario(hidden)).toEqual(hidden);
  });

  it('has its figures under names without secrets, by whichever name they are asked for', () => {
    const named = { name: 'GET /a?token=t', url: '/b', method: 'GET' as const };
    expect(requestName(named)).toBe('GET /a?token=***');
    expect(requestName({ url: 'http://u:p@h/a;jsessionid=1?token=t', method: 'GET' })).toBe('GET /a;jsessionid=***');
    expect(requestName({ ...named, name: requestName(named) })).toBe(requestName(named));
  });

  it('has thresholds about the requests that it has then', () => {
    const { requests, thresholds } = redactScenario({
      ...scenario,
      requests: [{ name: 'GET /a?token=t', url: '/a?token=t', weight: 1, method: 'GET', headers: {} }],
      thresholds: { 'http_req_duration{operation:GET /a?token=t}': ['p(95)<50'] },
    });
    expect(requests?.map(requestName)).toEqual(['GET /a?token=***']);
    expect(thresholds).toEqual({ 'http_req_duration{operation:GET /a?token=***}': ['p(95)<50'] });
  });

  it('stays within what a scenario may have when what is hidden was shorter than its mark', () => {
    const long = `${'n'.repeat(110)}?token=a`;
    const name = `${'n'.repeat(70)}?token=a`;
    const hidden = redactScenario({
      ...scenario,
      name: long,
      requests: [{ name, url: '/', weight: 1, method: 'GET', headers: {} }],
    });
    expect(scenarioSchema.safeParse(hidden).success).toBe(true);
  });

  it('is known to have lost them', () => {
    const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1/' });
    expect(hasRedacted({ scenario, target })).toBe(false);
    expect(hasRedacted({ scenario: redactScenario(scenario), target })).toBe(true);
    const secret = urlTargetSchema.parse({ kind: 'url', url: 'http://u:p@127.0.0.1/' });
    const without = { ...scenario, requests: undefined, data: [] };
    expect(hasRedacted({ scenario: without, target: redactTarget(secret) })).toBe(true);
  });
});

describe('texts of a run', () => {
  it('lose users of URLs in every form in which they may come back', () => {
    const target = urlTargetSchema.parse({ kind: 'url', url: 'http://someone:pass%40word@127.0.0.1/' });
    const redact = redactorOf({ scenario, target });
    const told = `${btoa('someone:pass@word')} ${encodeURIComponent(btoa('someone:pass@word'))} someone, pass@word`;
    expect(redact(told)).toBe('*** *** ***, ***');
  });

  it('lose its secrets wherever they stand', () => {
    const target = urlTargetSchema.parse({
      kind: 'url',
      url: 'http://u:pass%20word@127.0.0.1/?token=t%2F12',
      headers: [['X-Auth-Token', 'header value']],
      body: 'secret=form+value',
    });
    const redact = redactorOf({ scenario, target });
    expect(redact('u:pass word, t/12, t%2F12, header value, form value, key-of-mine, b1')).toBe(
      '***, ***, ***, ***, ***, ***, b1',
    );
  });
});
