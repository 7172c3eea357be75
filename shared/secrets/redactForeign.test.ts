import { describe, expect, it } from 'vitest';
import { redactForeign } from './redactForeign';

describe('JSON that others have made', () => {
  it('loses the secrets of its texts and keys, and what terminals obey', () => {
    expect(
      redactForeign({
        subject: 'http://u:p@h/\u001b[2J?token=t',
        notes: ['a\nb', 1, null, true],
        by: { 'GET /a?token=1': 1, 'GET /a?token=2': 2, '\u202Eabc': 3 },
      }),
    ).toEqual({
      subject: 'http://***@h/[2J?token=***',
      notes: ['a b', 1, null, true],
      by: { 'GET /a?token=***': 1, 'GET /a?token=*** (2)': 2, abc: 3 },
    });
  });

  it('keeps a name that no object has by itself, and keys within their length', () => {
    const made = redactForeign(JSON.parse('{"__proto__": {"a": "b"}, "constructor": 1}'));
    expect(JSON.stringify(made)).toBe('{"__proto__":{"a":"b"},"constructor":1}');
    const long = 'k'.repeat(300);
    expect(Object.keys(Object(redactForeign({ [`${long}1`]: 1, [`${long}2`]: 2 }, 10)))).toEqual([
      'kkkkkkkkkk',
      'kkkkkk (2)',
    ]);
  });
});
