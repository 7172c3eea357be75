import { describe, expect, it } from 'vitest';
import { checkDraft } from '../../../shared/scenario/draft';
import {
  checkKinds,
  comparisonOf,
  comparisons,
  extractionKinds,
  freeKey,
  kindOfCheck,
  kindOfExtraction,
  newCheck,
  newExtraction,
  statusesOf,
  statusesText,
  withComparison,
  withName,
} from './checkForm';

function isValid(step: object): boolean {
  return checkDraft({
    schema: 'proofload.scenario/1',
    id: 'mine',
    name: 'Mine',
    load: { executor: 'constant-vus', vus: 1, duration: '1s' },
    journeys: [{ name: 'j', steps: [{ url: '/', ...step }] }],
  }).ok;
}

describe('a check as a row', () => {
  it.each(checkKinds)('of the kind %s is valid from the start, and known by it', (kind) => {
    const check = newCheck(kind, { name: 'mine' });
    expect(kindOfCheck(check)).toBe(kind);
    expect(check.name).toBe('mine');
    expect(isValid({ checks: [check] })).toBe(true);
  });

  it.each(comparisons)('of a header compares by %s', (comparison) => {
    const check = withComparison({ name: 'n', header: 'ETag', equals: 'x' }, comparison);
    expect(comparisonOf(check)).toBe(comparison);
    expect(check).toMatchObject({ name: 'n', header: 'ETag' });
    expect(isValid({ checks: [check] })).toBe(true);
  });

  it('keeps what is compared with where another comparison has it as well', () => {
    expect(withComparison({ header: 'ETag', equals: 'x' }, 'contains')).toEqual({ header: 'ETag', contains: 'x' });
    expect(withComparison({ jsonPath: '$.a', equals: 7 }, 'exists')).toEqual({ jsonPath: '$.a' });
    expect(withComparison({ jsonPath: '$.a', exists: false }, 'equals')).toEqual({ jsonPath: '$.a', equals: '' });
  });
});

describe('statuses', () => {
  it.each([
    ['200', 200],
    ['200, 204', [200, 204]],
    ['300 - 303', { min: 300, max: 303 }],
    ['200,300-303', [200, { min: 300, max: 303 }]],
    ['ok', 'ok'],
    ['', ''],
  ])('%j are typed as they are written', (text, value) => {
    expect(statusesOf(text)).toEqual(value);
    expect(statusesOf(statusesText(value))).toEqual(value);
  });
});

describe('an extraction as a row', () => {
  it.each(extractionKinds)('of the kind %s is valid from the start', (kind) => {
    const extraction = newExtraction(kind);
    expect(kindOfExtraction(extraction)).toBe(kind);
    expect(isValid({ extract: { v: extraction } })).toBe(true);
  });

  it('gets another name at its place, and none that is taken', () => {
    const extract = { a: 1, b: 2, c: 3 };
    expect(Object.keys(withName(extract, 'b', 'x'))).toEqual(['a', 'x', 'c']);
    expect(withName(extract, 'b', 'c')).toBe(extract);
    const taken = new Set(['id', 'id_2']);
    expect(freeKey('id', (name) => taken.has(name))).toBe('id_3');
    expect(freeKey('other', (name) => taken.has(name))).toBe('other');
  });
});
