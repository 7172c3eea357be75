import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../shared/run/target';
import { scenarioSchema } from '../../shared/scenario/schema';
import { k6ExportsOf } from '../../tests/support/k6Exports';
import { severalScenarios } from '../../tests/support/severalScenarios';
import { artilleryReport } from '../report/exporters/artilleryReport';
import { artilleryScript } from '../report/exporters/artilleryScript';
import { artilleryRuns } from './artilleryRuns';
import { type DrivenLoad, drivenLoad, drivenScenario, drivenUrl } from './drivenLoad';
import { k6Runs } from './k6Runs';
import { PhaseWatch } from './phaseWatch';
import { requireDrivable } from './requireDrivable';
import { toolEnvironment } from './toolEnvironment';
import { toolFault } from './toolFault';

const target = urlTargetSchema.parse({ kind: 'url', url: 'http://shop.test/' });

function driven(scenario: object, more: Partial<DrivenLoad> = {}): DrivenLoad {
  const parsed = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'a',
    name: 'A',
    load: { executor: 'constant-arrival-rate', rate: 10, duration: '3s' },
    journeys: [{ name: 'buy', steps: [{ url: '/{{place}}', headers: { 'X-Key': '{{secret.KEY}}' } }] }],
    variables: { place: 'own' },
    ...scenario,
  });
  const load = drivenLoad({
    scenario: parsed,
    target: { ...target, addresses: { 'shop.test': ['127.0.0.1'] } },
    secrets: new Map([['KEY', 'value-1']]),
    inputs: { dataPaths: {}, given: { place: 'of the setup' } },
  });
  return { ...load, warmupMs: 1_500, processes: 1, ...more };
}

describe('the processes of a tool', () => {
  it('of k6 have a warm-up of their own, the admitted addresses, and share the load by segments', () => {
    const { runs, warmupMs } = k6Runs(driven({}, { processes: 3 }));
    expect(warmupMs).toBe(1_500);
    const [first] = runs;
    const { options } = k6ExportsOf(first?.files['k6-script.js'] ?? '');
    expect(options.scenarios.warmup).toMatchObject({
      executor: 'constant-arrival-rate',
      rate: 10,
      duration: '1s500ms',
    });
    expect(options.scenarios.proofload).toMatchObject({ executor: 'constant-arrival-rate', startTime: '1s500ms' });
    expect(options.hosts).toEqual({ 'shop.test': '127.0.0.1' });
    expect(runs.map(({ args }) => args.slice(args.indexOf('--execution-segment') + 1)[0])).toEqual([
      '0:1/3',
      '1/3:2/3',
      '2/3:1',
    ]);
    expect(runs.every(({ args }) => args.includes('json=-') && args.includes('--no-thresholds'))).toBe(true);
    // k6 2 ends with an error for an option that it no longer has.
    expect(runs.some(({ args }) => args.includes('--no-summary'))).toBe(false);
  });

  it.each([
    [
      { executor: 'constant-vus', vus: 4, duration: '3s' },
      { executor: 'constant-vus', vus: 4 },
    ],
    [{ executor: 'ramping-vus', startVUs: 2, stages: [{ duration: '1s', target: 5 }] }, { vus: 2 }],
    [{ executor: 'ramping-arrival-rate', startRate: 0, stages: [{ duration: '1s', target: 5 }] }, undefined],
  ])('of k6 warm up as the load begins: %j', (load, expected) => {
    const { runs } = k6Runs(driven({ load }));
    const { warmup } = k6ExportsOf(runs[0]?.files['k6-script.js'] ?? '').options.scenarios;
    if (expected) expect(warmup).toMatchObject(expected);
    else expect(warmup).toBeUndefined();
  });

  it('have what the setup has extracted, and secrets in their environment alone', () => {
    for (const { runs } of [k6Runs(driven({})), artilleryRuns(driven({}))]) {
      const [run] = runs;
      expect(run?.env.PROOFLOAD_SECRET_KEY).toBe('value-1');
      const text = JSON.stringify([run?.files, run?.args]);
      expect(text).not.toContain('value-1');
      expect(text).toMatch(/of the setup|of%20the%20setup/);
    }
  });

  it('of Artillery have a phase to warm up, their part of the arrivals, and the plugin before all others', () => {
    const { runs, warmupMs } = artilleryRuns(driven({}, { processes: 2 }));
    expect(warmupMs).toBe(1_500);
    expect(runs).toHaveLength(2);
    const { config, scenarios } = JSON.parse(runs[1]?.files['artillery-script.json'] ?? '');
    expect(config.phases).toMatchObject([
      // The other process makes 8 of 15.
      { name: 'warm-up', duration: '1500ms', arrivalCount: 7 },
      { duration: 3, arrivalRate: 5 },
    ]);
    expect(config.plugins).toEqual({ proofload: { untilMs: null, warmupMs: 1_500, idleMs: 0 } });
    expect(scenarios[0].flow.map((step: object) => Object.keys(step)[0])).toEqual(['function', 'get', 'function']);
    expect(runs[1]?.env.PROOFLOAD_ARTILLERY_HOSTS).toBe('{"shop.test":["127.0.0.1"]}');
  });

  it('of Artillery know for how long they have no arrivals at the start', () => {
    const { runs } = artilleryRuns(
      driven(
        { load: { executor: 'ramping-arrival-rate', startRate: 0, stages: [{ duration: '4s', target: 2 }] } },
        { processes: 3 },
      ),
    );
    const scripts = runs.map(({ files }) => JSON.parse(files['artillery-script.json'] ?? '').config);
    // 0.25, 1, 2.25 and 4 arrivals at the ends of the four steps: 1, 1, 3 and 4 begun.
    expect(scripts.map(({ phases }) => phases.map((phase: Record<string, unknown>) => phase.arrivalRate ?? 0))).toEqual(
      [
        [1, 0, 0, 1],
        [0, 0, 1, 0],
        [0, 0, 1, 0],
      ],
    );
    expect(scripts.map(({ plugins }) => plugins.proofload.idleMs)).toEqual([0, 2_000, 2_000]);
  });

  it('of Artillery go on until the end of a closed load, and are no more than its users', () => {
    const { runs, warmupMs } = artilleryRuns(
      driven({ load: { executor: 'constant-vus', vus: 2, duration: '3s' } }, { processes: 3 }),
    );
    expect(warmupMs).toBe(1_500);
    expect(runs).toHaveLength(2);
    const { config, scenarios } = JSON.parse(runs[0]?.files['artillery-script.json'] ?? '');
    expect(config.plugins.proofload).toEqual({ untilMs: 4_500, warmupMs: null, idleMs: 0 });
    expect(scenarios[0].flow[0]).toMatchObject({ whileTrue: 'proofloadIsGoing', loop: [{}, {}, {}] });
    expect(scenarios[0].flow[0].count).toBeUndefined();
  });

  it('of a URL without a scenario of its own send the request of its options', () => {
    const post = urlTargetSchema.parse({ ...target, method: 'POST', headers: [['A', 'b']], body: 'x' });
    const { runs } = artilleryRuns(driven({ journeys: undefined, variables: undefined }, { target: post }));
    const { scenarios } = JSON.parse(runs[0]?.files['artillery-script.json'] ?? '');
    expect(scenarios[0]).toMatchObject({
      name: 'request',
      flow: [{}, { post: { url: '/', headers: { A: 'b' }, body: 'x' } }, {}],
    });
  });
});

describe('the differences of a driven run', () => {
  it('are without those of the report of Artillery, which it does not read', () => {
    const { differences } = artilleryRuns(driven({}));
    const exported = artilleryScript(drivenScenario(driven({})), drivenUrl(driven({}).target)).differences;
    const ofReport = Object.values(artilleryReport);
    expect(exported).toEqual(expect.arrayContaining(ofReport));
    expect(differences).toEqual(exported.filter((text) => !ofReport.some((own) => own === text)));
  });
});

describe('a scenario that skips the verification of certificates', () => {
  it('skips it in both tools, and so do the options of its target', () => {
    const tls = { insecureSkipTLSVerify: true };
    const secure = urlTargetSchema.parse({ ...target, url: 'https://shop.test/' });
    for (const load of [
      driven({ tls }, { target: secure }),
      driven({}, { target: urlTargetSchema.parse({ ...secure, tls }) }),
    ]) {
      const [k6] = k6Runs(load).runs;
      expect(k6?.files['k6-script.js']).toContain('options.insecureSkipTLSVerify = true;');
      const { runs, differences } = artilleryRuns(load);
      expect(JSON.parse(runs[0]?.files['artillery-script.json'] ?? '').config.tls).toEqual({
        rejectUnauthorized: false,
      });
      expect(differences.join(' ')).not.toContain('TLS');
    }
    expect(k6Runs(driven({})).runs[0]?.files['k6-script.js']).toContain('options.insecureSkipTLSVerify = false;');
  });
});

describe('what a tool can not do', () => {
  it.each([
    [
      'artillery',
      { load: { executor: 'ramping-vus', stages: [{ duration: '1s', target: 2 }] } },
      'no ramp of virtual users',
    ],
    ['k6', { journeys: [{ name: 'a', steps: [{ url: '/', redirects: 2 }] }] }, 'follows redirects'],
    ['k6', { journeys: undefined, variables: undefined, requests: [{ url: '/', redirects: 2 }] }, 'follows redirects'],
    ['k6', { journeys: [{ name: 'a', steps: [{ url: '{{place}}' }] }] }, 'follows links'],
    ['k6', { proxy: 'http://127.0.0.1:3128' }, 'does not use the proxy'],
    ['k6', { httpVersion: '2-prior-knowledge' }, 'HTTP/2 with TLS only'],
    ['artillery', { tls: { caFile: '/etc/ca.pem' } }, 'is not given certificates'],
    ['artillery', { httpVersion: '2' }, 'HTTP/2 not at all'],
    ['k6', { dataFiles: [{ name: 'users', file: 'users.csv' }] }, 'is not given data files'],
  ] as const)('is refused before anything is sent: %s %j', (tool, changes, sentence) => {
    const { scenario } = driven(changes);
    expect(() => requireDrivable(tool, scenario, target)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(sentence) }),
    );
  });

  it.each(['k6', 'artillery'] as const)('is several scenarios in one run: %s', (tool) => {
    expect(() => requireDrivable(tool, severalScenarios(), target)).toThrow(/one scenario at a time/);
  });

  it('is to follow the redirects of the request that a target names', () => {
    const { scenario } = driven({ journeys: undefined, variables: undefined });
    const followed = urlTargetSchema.parse({ ...target, redirects: 2 });
    expect(() => requireDrivable('artillery', scenario, followed)).toThrow(/follows redirects/);
  });

  it('is nothing for an ordinary load', () => {
    for (const tool of ['k6', 'artillery'] as const) requireDrivable(tool, driven({}).scenario, target);
  });
});

describe('the environment of a tool', () => {
  it('has no secrets, and nothing that changes the load', () => {
    const env = { PATH: '/bin', HTTPS_PROXY: 'http://a', no_proxy: 'b', K6_VUS: '9', PROOFLOAD_SECRET_TOKEN: 'c' };
    expect(toolEnvironment(env)).toEqual({ PATH: '/bin' });
    const others = { BASE_URL: 'http://elsewhere.test', NODE_TLS_REJECT_UNAUTHORIZED: '0', BASE_URLS: 'kept' };
    expect(toolEnvironment(others)).toEqual({ BASE_URLS: 'kept' });
  });
});

describe('the end of a tool', () => {
  const end = { code: 0, signal: null, complaint: '' };

  it('is none of a fault where it made its load, whatever its own thresholds say, or was stopped', () => {
    expect(toolFault('k6', end, false)).toBeUndefined();
    expect(toolFault('k6', { ...end, code: 99 }, false)).toBeUndefined();
    expect(toolFault('artillery', { ...end, code: 21 }, false)).toBeUndefined();
    expect(toolFault('k6', { ...end, code: 105 }, true)).toBeUndefined();
    expect(toolFault('artillery', { ...end, code: null, signal: 'SIGKILL' }, true)).toBeUndefined();
  });

  it.each([
    [{ ...end, code: 107, complaint: 'a\nb' }, 'k6 ended with code 107: its script threw an exception. It said: a b'],
    [{ ...end, code: 108 }, 'k6 ended with code 108: its script aborted the run.'],
    [{ ...end, code: 1 }, 'k6 ended with code 1.'],
    [{ ...end, code: null, signal: 'SIGKILL' as const }, 'k6 was ended by SIGKILL.'],
  ])('is a fault otherwise: %j', (ended, message) => {
    expect(toolFault('k6', ended, false)).toMatchObject({ code: 'load-failed', message });
  });
});

describe('the phases of a load that a tool makes', () => {
  it('begin with its first user, each once', () => {
    const phases: string[] = [];
    const watch = new PhaseWatch({ onPhase: (phase) => phases.push(phase) }, 1_000, 3_000);
    watch.look(undefined, 0);
    expect(phases).toEqual([]);
    watch.look(500, 600);
    watch.look(500, 700);
    expect(phases).toEqual(['warming-up']);
    watch.look(500, 5_000);
    expect(phases).toEqual(['warming-up', 'running', 'draining']);
  });
});
