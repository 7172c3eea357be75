import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, jsonOf, jsonTextOf, recordsOf, valueAt, withKey, withValue } from './draftValues';

describe('a value of a draft', () => {
  const draft = { load: { rate: 1 }, journeys: [{ steps: [{ url: '/a' }, { url: '/b' }] }] };

  it('is changed at its place in objects and lists, and nothing else is', () => {
    expect(withValue(draft, 'load.rate', 2)).toEqual({ ...draft, load: { rate: 2 } });
    expect(withValue(draft, 'journeys.0.steps.1.url', '/c')).toEqual({
      ...draft,
      journeys: [{ steps: [{ url: '/a' }, { url: '/c' }] }],
    });
    expect(draft.journeys[0]?.steps[1]?.url).toBe('/b');
  });

  it('is made where there is nothing yet, and taken out by undefined', () => {
    expect(withValue({}, 'load.rate', 1)).toEqual({ load: { rate: 1 } });
    expect(withValue(draft, 'journeys.0.steps.0', undefined)).toMatchObject({ journeys: [{ steps: [{ url: '/b' }] }] });
    expect(withValue(draft, 'load.rate', undefined)).toMatchObject({ load: {} });
    expect(
      valueAt(withValue(draft, 'journeys.0.steps.0.extract.token', { status: true }), 'journeys.0.steps.0'),
    ).toEqual({
      url: '/a',
      extract: { token: { status: true } },
    });
  });

  it('keeps the order of the keys', () => {
    expect(Object.keys(withKey({ a: 1, b: 2, c: 3 }, 'b', 4))).toEqual(['a', 'b', 'c']);
  });

  it('is found in what is wrong as well', () => {
    expect(valueAt({ journeys: 7 }, 'journeys.0.steps')).toBeUndefined();
    expect(recordsOf([{ a: 1 }, 7, null])).toEqual([{ a: 1 }, {}, {}]);
    expect(recordsOf('x')).toEqual([]);
  });
});

describe('what is typed', () => {
  it('as a body is JSON where it is an object or a list', () => {
    expect(['', '{"a":1}', '[1]', '{"a":', '7', 'a=1'].map(bodyOf)).toEqual([
      undefined,
      { a: 1 },
      [1],
      '{"a":',
      '7',
      'a=1',
    ]);
  });

  it('as a value is read as what it was, whatever that is', () => {
    expect(['2', 'true', 'null', 'open', '"2"'].map(jsonOf)).toEqual([2, true, null, 'open', '2']);
    expect([2, 'open', '2', { a: 1 }].map(jsonTextOf)).toEqual(['2', 'open', '"2"', '{"a":1}']);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(jsonOf(jsonTextOf(JSON.parse(text)))).toEqual(JSON.parse(text));
      }),
    );
  });
});
