import { describe, expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { level } from '../../../tests/support/factories';
import { type FoundHost, HostGuard } from '../../hosts/hostGuard';
import { newRunId } from '../../run/runId';
import { dataFolder } from '../dataFolder';
import { configureEngine } from '../targets/engineChoice';
import { destinationsOf } from '../targets/loadedHosts';
import { urlTarget } from '../targets/urlTarget';
import { admitRun, prepareRun } from './prepareRun';

/** A run with a URL as its target, or with a scenario's own requests. */
function prepare(url: string | undefined, requests?: string[]) {
  const scenario = scenarioSchema.parse({
    ...level('level-0'),
    ...(requests ? { requests: requests.map((request) => ({ url: request })) } : {}),
  });
  const target = url === undefined ? undefined : urlTarget({ url });
  return prepareRun({ scenario, target }, new Date());
}

/** Names with addresses. Nobody is asked. */
const names: Readonly<Record<string, string[]>> = { 'example.com': ['192.0.2.1'], localhost: ['127.0.0.1', '::1'] };
const resolve = async (name: string): Promise<string[]> => names[name] ?? [];
describe('a run of what is kept of another', () => {
  it.each(['http://***@127.0.0.1/', 'http://127.0.0.1/?token=***'])('is refused, as %s has lost its secret', (url) => {
    expect(() => prepare(url)).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining('{{secret.API_TOKEN}}') }),
    );
    expect(() => prepare('http://127.0.0.1/', [url])).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('goes on where *** is no secret', () => {
    expect(prepare('http://127.0.0.1/***?q=***').target).toMatchObject({ url: 'http://127.0.0.1/***?q=***' });
  });
});

it('a run has no part of what is disabled', () => {
  const steps = [{ url: '/a' }, { url: 'http://example.com/b', disabled: true }];
  const scenario = scenarioSchema.parse({ ...level('level-0'), thresholds: {}, journeys: [{ name: 'j', steps }] });
  const request = prepareRun({ scenario, target: urlTarget({ url: 'http://127.0.0.1/' }) }, new Date());
  expect(request.scenario.journeys?.[0]?.steps).toHaveLength(1);
  expect(destinationsOf(request.scenario, request.target).map(({ host }) => host)).toEqual(['127.0.0.1']);
  expect(request.overridden).toBe(false);
});

describe('a run of a URL', () => {
  it.each([
    [{ url: 'ftp://127.0.0.1/' }],
    [{ url: 'not a url' }],
    [{ url: 'http://127.0.0.1/', headers: [['X', 'a\r\nB: c']] as [string, string][] }],
    [{ url: 'http://127.0.0.1/', headers: [['X Y', 'a']] as [string, string][] }],
  ])('refuses %j as no target', (options) => {
    expect(() => urlTarget(options)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('looks at the host of every request, not at the first alone', async () => {
    const request = prepare(undefined, ['http://127.0.0.1:1/a', 'http://example.com/b', '/c']);
    expect(request.target).toMatchObject({ url: 'http://127.0.0.1:1' });
    await expect(admitRun(request, new HostGuard(() => false, resolve))).rejects.toMatchObject({
      code: 'remote-not-allowed',
      message: expect.stringContaining('example.com is not this machine'),
      details: { about: 'host', host: 'example.com' },
    });
    const asked: [FoundHost, string][] = [];
    const guard = new HostGuard((found, load) => asked.push([found, load]) > 0, resolve);
    expect((await admitRun(request, guard)).addresses).toEqual({
      '127.0.0.1': ['127.0.0.1'],
      'example.com': ['192.0.2.1'],
    });
    expect(asked).toEqual([
      [{ host: 'example.com', addresses: ['192.0.2.1'], secrets: [] }, 'Smoke loads it with 20 req/s for 10s'],
    ]);
  });

  it('knows for each host which secrets its requests take there, whatever part of them has them', () => {
    const scenario = scenarioSchema.parse({
      ...level('level-0'),
      requests: [
        { url: '/a?k={{secret.QUERY}}' },
        { url: 'http://u:{{secret.PASSWORD}}@other.test/{{secret.PATH}}', headers: { 'X-Key': '{{secret.KEY}}' } },
        { url: '/b', method: 'POST', body: { a: ['{{secret.BODY}}'] } },
        { url: 'http://third.test/' },
      ],
    });
    const headers: [string, string][] = [['Authorization', 'Bearer {{secret.TOKEN}}']];
    const url = 'http://{{secret.USER}}@service.test/';
    const secretsOf = (where: readonly { host: string; secrets: readonly string[] }[], host: string): string[] =>
      where.flatMap((to) => (to.host === host ? to.secrets : [])).sort();
    const all = destinationsOf(scenario, urlTarget({ url, headers }));
    expect(secretsOf(all, 'service.test')).toEqual(['BODY', 'QUERY', 'TOKEN', 'TOKEN', 'USER', 'USER']);
    expect(secretsOf(all, 'other.test')).toEqual(['KEY', 'PASSWORD', 'PATH', 'TOKEN']);
    expect(secretsOf(all, 'third.test')).toEqual(['TOKEN']);
    const own = destinationsOf({ requests: undefined }, urlTarget({ url, headers, body: 'a={{secret.TEXT}}' }));
    expect(own).toEqual([{ host: 'service.test', secrets: ['USER', 'TOKEN', 'TEXT'] }]);
    expect(destinationsOf(scenario, engineConfig('memory'))).toEqual([]);
  });

  it('knows where redirects may lead and where tokens come from, and which secrets go there', () => {
    const client = { clientId: '{{secret.ID}}', clientSecret: '{{secret.CLIENT}}' };
    const key = { accessKeyId: '{{secret.KEY_ID}}', secretAccessKey: '{{secret.KEY}}' };
    const scenario = scenarioSchema.parse({
      ...level('level-0'),
      journeys: [
        {
          name: 'a',
          steps: [
            {
              method: 'POST',
              url: '/login',
              form: { password: '{{secret.PASSWORD}}' },
              headers: { 'X-Key': '{{secret.HEADER}}' },
              redirects: { max: 3, hosts: ['Login.test', '::1'] },
            },
            { url: '/b', redirects: { max: 0, hosts: ['never.test'] } },
            { url: '/c', auth: { type: 'oauth2', tokenUrl: 'http://tokens.test/token', ...client } },
            { url: 'http://aws.test/', auth: { type: 'aws-sigv4', ...key, region: 'eu', service: 's3' } },
          ],
        },
      ],
    });
    const prepared = { steps: [{ url: '/', redirects: { max: 1, hosts: ['setup.test'] } }] };
    const withSetup = scenarioSchema.parse({ ...scenario, setup: prepared });
    const hosts = destinationsOf(withSetup, urlTarget({ url: 'http://service.test/' })).map(({ host }) => host);
    expect(hosts).toContain('setup.test');
    const all = destinationsOf(scenario, urlTarget({ url: 'http://service.test/' }));
    const secretsOf = (host: string): string[] => [
      ...new Set(all.flatMap((to) => (to.host === host ? to.secrets : []))),
    ];
    expect([...new Set(all.map(({ host }) => host))].sort()).toEqual([
      '::1',
      'aws.test',
      'login.test',
      'service.test',
      'tokens.test',
    ]);
    expect(secretsOf('login.test')).toEqual(['PASSWORD']);
    expect(secretsOf('tokens.test')).toEqual(['ID', 'CLIENT']);
    // The signing key stays here. A form can be redirected to any host of the scenario.
    expect(secretsOf('aws.test')).toEqual(['KEY_ID', 'PASSWORD']);
    expect(secretsOf('service.test')).toEqual(['HEADER', 'PASSWORD']);
  });

  it('names one server for a driver that knows one only', () => {
    const prepareDriven = (...urls: string[]) => {
      const load = { executor: 'constant-vus', vus: 1, duration: '1s', driver: 'autocannon' };
      const requests = urls.map((url) => ({ url }));
      const scenario = scenarioSchema.parse({ ...level('level-0'), load, requests });
      const target = urlTarget({ url: 'http://127.0.0.1:9/' });
      return prepareRun({ scenario, target }, new Date());
    };
    expect(() => prepareDriven('http://127.0.0.1:1/a', 'http://127.0.0.1:2/b')).toThrow(/autocannon loads one server/);
    expect(() => prepareDriven('http://127.0.0.1:1/a', '/b')).toThrow(/autocannon loads one server/);
    const { scenario } = prepareDriven('http://127.0.0.2:1/a');
    expect(destinationsOf(scenario, urlTarget({ url: 'http://127.0.0.1:9/' }))).toEqual([
      { host: '127.0.0.2', secrets: [] },
    ]);
  });

  it('takes the server of paths from the target, and needs one', () => {
    expect(prepare('http://127.0.0.1:1/', ['/a']).target).toMatchObject({ url: 'http://127.0.0.1:1/' });
    expect(() => prepare(undefined, ['/a'])).toThrow(/name no server/);
    expect(() => prepare('http://127.0.0.1:1/', ['ftp://127.0.0.1/'])).toThrow(/no http\(s\) server/);
    expect(() => prepare(undefined, ['http://{{host}}/'])).toThrow();
  });

  it('does not send foreign requests to the built-in service', () => {
    const scenario = scenarioSchema.parse({ ...level('level-0'), requests: [{ url: '/a' }] });
    const target = engineConfig('memory');
    expect(() => prepareRun({ scenario, target }, new Date())).toThrow(/requests of its own/);
  });
});

describe('prepareRun', () => {
  it('marks a shortened run', () => {
    const wish = {
      scenario: level('level-2'),
      target: engineConfig('memory'),
      duration: '5s',
    };
    expect(prepareRun(wish, new Date())).toMatchObject({ shortened: true, port: 0 });
  });

  it('gives ids that sort by time and differ', () => {
    const now = new Date('2026-02-03T04:05:06.000Z');
    expect(newRunId(now)).toMatch(/^20260203-040506-[0-9a-f]{6}$/);
    expect(newRunId(now)).not.toBe(newRunId(now));
  });
});

describe('dataFolder', () => {
  it('prefers the option, then the variable, then the platform', () => {
    expect(dataFolder('/a', { PROOFLOAD_DATA_DIR: '/b' })).toBe('/a');
    expect(dataFolder(undefined, { PROOFLOAD_DATA_DIR: '/b' })).toBe('/b');
    expect(dataFolder(undefined, {})).toMatch(/proofload$/i);
  });
});

describe('an engine with settings', () => {
  it('takes them as they are typed, and leaves the others as they are', () => {
    const typed = [
      ['synchronous', 'normal'],
      ['groupCommitWindowMs', '2.5'],
    ] as const;
    expect(configureEngine('sqlite', typed).options).toEqual({
      synchronous: 'normal',
      groupCommitWindowMs: 2.5,
      commitDelayMs: 0,
      groupCommitMaxWrites: 256,
    });
    expect(configureEngine('postgres', [['rowLevelSecurity', 'on']]).options).toMatchObject({ rowLevelSecurity: true });
  });

  it.each([
    ['memory', 'size', '1', /memory has no setting size/],
    ['sqlite', 'sync', 'full', /its settings are synchronous|sqlite has no setting sync/],
    ['sqlite', 'synchronous', 'off', /synchronous/],
    ['sqlite', 'groupCommitMaxWrites', 'many', /groupCommitMaxWrites/],
    ['postgres', 'rowLevelSecurity', 'maybe', /rowLevelSecurity/],
    ['mongodb', 'poolSize', '0', /poolSize/],
  ] as const)('%s refuses %s=%s', (engine, name, value, message) => {
    expect(() => configureEngine(engine, [[name, value]])).toThrow(message);
  });
});

describe('the processes of a target that the user names', () => {
  const wish = { scenario: level('level-0') };
  const target = urlTarget({ url: 'http://127.0.0.1:3000/' });

  it('are taken with a URL', () => {
    expect(prepareRun({ ...wish, target, targetPids: [process.pid] }, new Date()).targetPids).toEqual([process.pid]);
  });

  it('are refused where they are gone, or where the built-in service is the target', () => {
    const refused = expect.objectContaining({ code: 'usage' });
    // Above the highest process id that Linux assigns.
    expect(() => prepareRun({ ...wish, target, targetPids: [2 ** 30] }, new Date())).toThrow(refused);
    const engine = engineConfig('memory');
    expect(() => prepareRun({ ...wish, target: engine, targetPids: [process.pid] }, new Date())).toThrow(refused);
  });
});
