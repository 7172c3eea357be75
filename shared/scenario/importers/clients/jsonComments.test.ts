import { describe, expect, it } from 'vitest';
import { withoutJsonComments } from './jsonComments';

describe('JSON of an API client', () => {
  it.each([
    ['// all\n{"a": 1, // one\n "b": 2}', '\n{"a": 1, \n "b": 2}'],
    ['{/* "a": 1,\n */"b": "http://x/*y*/"}', '{"b": "http://x/*y*/"}'],
    ['{"a": "\\"// no comment", "b": {{n}} }', '{"a": "\\"// no comment", "b": {{n}} }'],
    ['{"a": 1} // and "so"', '{"a": 1} '],
    ['{"not closed // text', '{"not closed '],
  ])('has no comments: %j', (written, sent) => {
    expect(withoutJsonComments(written)).toBe(sent);
  });
});
