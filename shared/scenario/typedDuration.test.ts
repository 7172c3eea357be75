import { describe, expect, it } from 'vitest';
import { readTypedDuration } from './typedDuration';

describe('a typed duration', () => {
  it.each(['2m', '90s', '1m30s', '1.5h', '24h', ' 2m '])('is taken as it is: %j', (text) => {
    expect(readTypedDuration(text)).toEqual({ ok: true, duration: text.trim() });
  });

  it.each([
    ['1', '1s'],
    ['90', '1m30s'],
    ['1.5', '1s500ms'],
    ['6e2', '10m'],
  ])('is in seconds without a unit: %s', (text, duration) => {
    expect(readTypedDuration(text)).toEqual({ ok: true, duration });
  });

  it.each([
    ['2 min', '"2 min" is not a duration such as 500ms, 30s or 2m.'],
    ['1m 30s', '"1m 30s" is not a duration such as 500ms, 30s or 2m.'],
    ['-5', '"-5" is not a duration such as 500ms, 30s or 2m.'],
    ['1.2.3', '"1.2.3" is not a duration such as 500ms, 30s or 2m.'],
    ['', 'An empty field is not a duration such as 500ms, 30s or 2m.'],
    ['25h', '"25h" is longer than a day.'],
    ['90000', '"90000" is longer than a day.'],
    ['500ms', 'A run takes at least one second.'],
    ['0', 'A run takes at least one second.'],
  ])('%j is refused with the reason', (text, problem) => {
    expect(readTypedDuration(text)).toEqual({ ok: false, problem });
  });
});
