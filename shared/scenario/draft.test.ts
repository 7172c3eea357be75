import { describe, expect, it } from 'vitest';
import { level } from '../../tests/support/factories';
import { rowsOf, thresholdsOf } from '../thresholds/thresholdRow';
import { checkDraft, copyOf, idFor, newDraft } from './draft';
import { executorNames, executors, loadOf, plainExecutorNames } from './executorFields';
import { loadCurve } from './loadCurve';
import { scenarioSchema } from './schema';
import { stageMarks } from './stageMarks';

const none: ReadonlySet<string> = new Set();

describe('a draft', () => {
  it('is a scenario from the start, and says by place what is wrong when it is not', () => {
    expect(checkDraft(newDraft(none)).ok).toBe(true);
    const wrong = checkDraft({
      ...newDraft(none),
      name: '',
      load: { executor: 'constant-vus', vus: 0, duration: 'soon' },
    });
    expect(wrong).toMatchObject({ ok: false });
    expect(!wrong.ok && wrong.problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['name', 'load.vus', 'load.duration']),
    );
  });

  it('has an id of its own', () => {
    expect(idFor('Größe & Co, 2nd', none)).toBe('gro-e-co-2nd');
    expect(idFor('???', none)).toBe('scenario');
    expect(idFor('a', new Set(['a', 'a-2']))).toBe('a-3');
  });

  it('that copies a level is no level', () => {
    const copy = copyOf({ ...level('level-2') }, new Set(['level-2']));
    expect(copy).not.toHaveProperty('level');
    expect(checkDraft(copy)).toMatchObject({ ok: true, scenario: { name: 'Target (copy)' } });
  });
});

describe('executors', () => {
  it('are all there, each with a load that holds at once', () => {
    expect([...executorNames].sort()).toEqual(Object.keys(executors).sort());
    for (const name of executorNames) {
      const draft = { ...newDraft(none), load: loadOf(name, {}) };
      expect({ name, checked: checkDraft(draft) }).toMatchObject({ checked: { ok: true } });
    }
  });

  it('are those of several scenarios too, but for the search, which makes a load of its own', () => {
    expect(plainExecutorNames).toEqual(executorNames.filter((name) => name !== 'capacity-search'));
  });

  it('keep what they have in common when one takes the place of another', () => {
    expect(loadOf('constant-vus', { executor: 'constant-arrival-rate', rate: 7, duration: '42s' })).toMatchObject({
      executor: 'constant-vus',
      duration: '42s',
    });
    expect(loadOf('constant-vus', { rate: 7 })).not.toHaveProperty('rate');
  });
});

describe('the curve of a load', () => {
  const load = (value: unknown) =>
    scenarioSchema.parse({ schema: 'proofload.scenario/1', id: 'x', name: 'x', load: value }).load;

  it('goes from stage to stage, in requests per second whatever the time unit', () => {
    const ramp = load({
      executor: 'ramping-arrival-rate',
      startRate: 60,
      timeUnit: '1m',
      stages: [
        { duration: '10s', target: 600 },
        { duration: '20s', target: 0 },
      ],
    });
    expect(loadCurve(ramp)).toEqual({
      unit: 'req/s',
      points: [
        { t: 0, value: 1 },
        { t: 10, value: 10 },
        { t: 30, value: 0 },
      ],
    });
    expect(stageMarks(ramp)).toEqual([
      { t: 0, name: 'to 600' },
      { t: 10, name: 'to 0' },
    ]);
  });

  it('is a line for a steady load, and nothing for a search', () => {
    expect(loadCurve(load({ executor: 'constant-vus', vus: 3, duration: '5s' })).points).toEqual([
      { t: 0, value: 3 },
      { t: 5, value: 3 },
    ]);
    expect(loadCurve(load({ executor: 'capacity-search' })).points).toEqual([]);
  });
});

describe('thresholds as rows', () => {
  it('come back as they were, whatever their notation', () => {
    const thresholds = {
      http_req_duration: [
        'p(95)<50',
        { threshold: 'p(99)<100', abortOnFail: true, delayAbortEval: '10s' },
        'seconds(p(99)<100)>=0.95',
      ],
      'http_req_duration{operation:read}': ['p(95)<=baseline * 1.05'],
      http_req_failed: ['rate<0.01'],
    };
    expect(rowsOf(thresholds)).toHaveLength(5);
    expect(thresholdsOf(rowsOf(thresholds))).toEqual(thresholds);
    expect(rowsOf(undefined)).toEqual([]);
  });

  it('keep what is no threshold yet', () => {
    expect(thresholdsOf(rowsOf({ http_reqs: ['soon'] }))).toEqual({ http_reqs: ['soon'] });
  });
});
