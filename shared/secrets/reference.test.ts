import { describe, expect, it } from 'vitest';
import {
  fillSecrets,
  isSecretVariable,
  secretName,
  secretNamesIn,
  secretReferenceTo,
  secretVariable,
} from './reference';

describe('secretNamesIn', () => {
  it('finds each name once, in order', () => {
    expect(secretNamesIn('Bearer {{secret.B}} {{ secret._a1 }} {{secret.B}}')).toEqual(['B', '_a1']);
    expect(secretNamesIn(secretReferenceTo('API_TOKEN'))).toEqual(['API_TOKEN']);
  });

  it('does not remember where it was', () => {
    for (let time = 0; time < 3; time += 1) expect(secretNamesIn('{{secret.A}}')).toEqual(['A']);
  });

  it.each([
    '',
    '{{customer}}',
    '{{iteration}}',
    '{{secret}}',
    '{{secret.}}',
    '{{secret.1}}',
    '{{secret.A-B}}',
    '{{secret.A.B}}',
    '{{secrets.A}}',
    '{{secret .A}}',
    '{{Secret.A}}',
    '{secret.A}',
    '{{env.A}}',
    '{{secret.A}',
  ])('takes %j for no secret', (text) => {
    expect(secretNamesIn(text)).toEqual([]);
    expect(fillSecrets(text, () => 'value')).toBe(text);
  });
});

describe('fillSecrets', () => {
  it('puts values in as they are, once', () => {
    const values = new Map([
      ['A', '$& {{secret.B}} $1'],
      ['B', 'b'],
      ['EMPTY', ''],
    ]);
    expect(fillSecrets('{{secret.A}}|{{ secret.B }}|{{secret.EMPTY}}|{{x}}', (name) => values.get(name))).toBe(
      '$& {{secret.B}} $1|b||{{x}}',
    );
  });

  it('leaves a name without a value where it is', () => {
    expect(fillSecrets('a {{ secret.NONE }} b', () => undefined)).toBe('a {{ secret.NONE }} b');
  });
});

describe('secretName', () => {
  it.each([
    ['API_TOKEN', true],
    ['_a1', true],
    ['1A', false],
    ['A-B', false],
    ['A\n', false],
    ['', false],
  ])('of %j is %s', (name, isOne) => {
    expect(secretName.test(name)).toBe(isOne);
  });
});

describe('secretVariable', () => {
  it('is known by its prefix', () => {
    expect(secretVariable('API_TOKEN')).toBe('PROOFLOAD_SECRET_API_TOKEN');
    expect(isSecretVariable(secretVariable('A'))).toBe(true);
    expect(isSecretVariable('PROOFLOAD_STORAGE')).toBe(false);
  });
});
