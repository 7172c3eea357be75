import { describe, expect, it } from 'vitest';
import { isSameFilter, savedFilterSchema } from './runQuery';

describe('filters', () => {
  it('are the same whatever the order of their fields, and whatever is empty in them', () => {
    expect(isSameFilter({ tag: 'a', target: 'memory' }, { target: 'memory', tag: 'a', text: '' })).toBe(true);
    expect(isSameFilter({}, { text: undefined })).toBe(true);
    expect(isSameFilter({ tag: 'a' }, { tag: 'b' })).toBe(false);
    expect(isSameFilter({ tag: 'a' }, { target: 'a' })).toBe(false);
  });

  it('are saved under a name, and with nothing that is no filter', () => {
    expect(savedFilterSchema.safeParse({ name: '  ', filter: {} }).success).toBe(false);
    expect(savedFilterSchema.safeParse({ name: 'x', filter: { limit: 1 } }).success).toBe(false);
    expect(savedFilterSchema.parse({ name: ' Mine ', filter: { tag: 'a' } }).name).toBe('Mine');
  });
});
