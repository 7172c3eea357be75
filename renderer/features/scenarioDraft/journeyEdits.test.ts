import { describe, expect, it } from 'vitest';
import { checkDraft } from '../../../shared/scenario/draft';
import { duplicated, moved, newJourney, stepName, withWork, workOf } from './journeyEdits';

const base = {
  schema: 'proofload.scenario/1',
  id: 'mine',
  name: 'Mine',
  load: { executor: 'constant-vus', vus: 1, duration: '1s' },
};

describe('the entries of a list', () => {
  it.each([
    [0, 2, ['b', 'c', 'a']],
    [2, 0, ['c', 'a', 'b']],
    [1, 1, ['a', 'b', 'c']],
    [0, 1, ['b', 'a', 'c']],
    [7, 0, ['a', 'b', 'c']],
  ])('move from %i to %i', (from, to, expected) => {
    expect(moved(['a', 'b', 'c'], from, to)).toEqual(expected);
  });

  it('are copied behind themselves, under a name of their own', () => {
    const list = [{ name: 'a', url: '/a' }, { name: 'a 2' }, { url: '/c' }];
    expect(duplicated(list, 0).map(({ name }) => name)).toEqual(['a', 'a 3', 'a 2', undefined]);
    expect(duplicated(list, 2)).toEqual([...list, { url: '/c' }]);
    expect(duplicated(list, 9)).toEqual(list);
  });

  it('are called by their name, or by what they send', () => {
    expect(stepName({ name: 'login', url: '/login' })).toBe('login');
    expect(stepName({ name: '', method: 'POST', url: '/a/{{id}}?x=1' })).toBe('POST /a/:id');
    expect(stepName({ method: 'SEND', url: 7 })).toBe('GET /');
    expect(stepName({ thinkTime: '1s' })).toBe('think time');
  });
});

describe('the kind of work', () => {
  const requests = [
    { name: 'a', url: '/a', weight: 3 },
    { url: '/b', expectRedirect: true },
  ];

  it('is what the draft has', () => {
    expect([base, { ...base, requests }, { ...base, journeys: [] }].map(workOf)).toEqual([
      'documents',
      'requests',
      'journeys',
    ]);
  });

  it('becomes journeys of which the requests are steps', () => {
    const changed = withWork({ ...base, requests }, 'journeys');
    expect(changed).toEqual({
      ...base,
      journeys: [
        {
          name: 'journey',
          steps: [
            { name: 'a', url: '/a' },
            { url: '/b', checks: [{ status: { min: 200, max: 399 } }] },
          ],
        },
      ],
    });
    expect(checkDraft(changed).ok).toBe(true);
    expect(checkDraft(withWork(base, 'journeys')).ok).toBe(true);
  });

  it('becomes single requests without what only journeys have', () => {
    const steps = [
      { url: '/a', checks: [{ status: 200 }], extract: { a: { status: true } }, onFailure: 'continue' },
      { thinkTime: '1s' },
    ];
    const draft = { ...base, journeys: [{ name: 'j', steps }], variables: { v: 1 }, noCookiesReset: true };
    const changed = withWork(draft, 'requests');
    expect(changed).toEqual({ ...base, requests: [{ url: '/a' }] });
    expect(checkDraft(changed).ok).toBe(true);
    expect(withWork(draft, 'documents')).toEqual(base);
    const connection = { proxy: 'http://127.0.0.1:3128', httpVersion: '2', tls: { caFile: 'ca.pem' } };
    expect(withWork({ ...draft, ...connection }, 'documents')).toEqual(base);
    expect(withWork({ ...draft, ...connection }, 'requests')).toMatchObject(connection);
    expect(withWork(draft, 'journeys')).toEqual(draft);
  });

  it('has a new journey under a name of its own', () => {
    const first = newJourney([]);
    const second = newJourney([first]);
    expect([first.name, second.name]).toEqual(['journey', 'journey 2']);
    expect(checkDraft({ ...base, journeys: [first, second] }).ok).toBe(true);
  });
});
