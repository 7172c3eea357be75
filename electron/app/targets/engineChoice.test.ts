import { describe, expect, it } from 'vitest';
import { engineFromEnvironment, parseEngine } from './engineChoice';

describe('engines', () => {
  it('are chosen by PROOFLOAD_STORAGE', () => {
    expect(engineFromEnvironment({})).toBeUndefined();
    expect(engineFromEnvironment({ PROOFLOAD_STORAGE: 'memory' })).toBe('memory');
    expect(engineFromEnvironment({ PROOFLOAD_STORAGE: 'stress' })).toBe('memory');
    expect(engineFromEnvironment({ PROOFLOAD_STORAGE: 'integration' })).toBe('sqlite');
    expect(() => engineFromEnvironment({ PROOFLOAD_STORAGE: 'punch-cards' })).toThrow(/punch-cards/);
    expect(() => parseEngine('x')).toThrow(expect.objectContaining({ hint: expect.stringContaining('sqlite-json') }));
  });
});
