import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { level } from '../../tests/support/factories';
import { applyOverrides, isShortened } from './overrides';
import { parseScenario } from './parse';

const valid = level('level-2');

function messageFor(change: Record<string, unknown>): string {
  const parsed = parseScenario(JSON.stringify({ ...valid, ...change }), 'file.json');
  return parsed.ok ? 'valid' : parsed.error.message;
}

describe('parseScenario', () => {
  it('reads back a scenario that it has written', () => {
    const parsed = parseScenario(JSON.stringify(valid), 'file.json');
    expect(parsed).toEqual({ ok: true, value: valid });
  });

  it.each([
    [{ load: { ...valid.load, rate: -5 } }, 'load.rate'],
    [{ load: { ...valid.load, duration: 'soon' } }, 'load.duration'],
    [{ load: { ...valid.load, duration: '0s' } }, 'load.duration'],
    [{ load: { executor: 'constant-chaos' } }, 'load.executor'],
    [{ operations: { read: 0 } }, 'operations'],
    [{ dataset: { ...valid.dataset, tenants: 1e9 } }, 'dataset.tenants'],
    [{ thresholds: { http_req_duration: ['p(95)<50', 'fast'] } }, 'thresholds.http_req_duration[1]'],
    [{ thresholds: { speed: ['p(95)<50'] } }, 'thresholds.speed[0]'],
    [{ keys: { distribution: 'zipfian', theta: 2 } }, 'keys.theta'],
    [{ surprise: true }, 'surprise'],
    [{ seed: 0.5 }, 'seed'],
  ])('names the field that is wrong: %j', (change, field) => {
    expect(messageFor(change)).toContain(field);
  });

  it('says that a file is not JSON', () => {
    const parsed = parseScenario('{ "schema": ', 'broken.json');
    expect(parsed.ok ? '' : parsed.error.message).toMatch(/^broken\.json is not a valid scenario/);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseScenario(text, 'x').ok).toBe(false);
      }),
    );
  });
});

describe('applyOverrides', () => {
  it('leaves out thresholds about stages that other stages have taken the place of', () => {
    const changed = applyOverrides(level('level-5'), {
      stages: [{ duration: '5s', target: 100 }],
      thresholds: [['http_req_duration{stage:0}', 'p(95)<9']],
    });
    const metrics = changed.ok ? Object.keys(changed.value.thresholds) : [];
    expect(metrics).not.toContain('http_req_duration{stage:4}');
    expect(metrics).not.toContain('http_req_failed{stage:4}');
    expect(metrics).toContain('http_req_duration{stage:0}');
    expect(metrics).toContain('http_req_duration');
    const stretched = applyOverrides(level('level-5'), { duration: '12s' });
    expect(stretched.ok && stretched.value.thresholds).toEqual(level('level-5').thresholds);
  });

  it('changes what it is told to, and marks a shorter run', () => {
    const changed = applyOverrides(valid, {
      rate: 50,
      duration: '10s',
      seed: 7,
      thresholds: [['http_reqs', 'count>1']],
    });
    if (!changed.ok) throw new Error(changed.error.message);
    expect(changed.value.load).toMatchObject({ rate: 50, duration: '10s' });
    expect(changed.value.thresholds).toMatchObject({ http_reqs: ['count>1'] });
    expect(isShortened(valid, changed.value)).toBe(true);
    expect(isShortened(valid, valid)).toBe(false);
  });

  it.each([
    [{ vus: 10 }, level('level-2'), '--vus does not apply'],
    [{ rate: 10 }, level('level-1'), '--rate does not apply'],
    [{ driver: 'autocannon' as const }, level('level-2'), '--driver does not apply'],
    [{ rate: 1e12 }, level('level-2'), 'load.rate'],
  ])('refuses %j', (overrides, scenario, reason) => {
    const changed = applyOverrides(scenario, overrides);
    expect(changed.ok ? '' : changed.error.message).toContain(reason);
  });
});
