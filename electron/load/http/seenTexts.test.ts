import { expect, it } from 'vitest';
import { SeenTexts } from './seenTexts';

it('turns bytes into text, whether it has seen them before or not', () => {
  const texts = new SeenTexts(2);
  const bytes = Buffer.from('hit, miss, hit, h\u00eft, hits', 'latin1');
  const read = [
    [0, 3],
    [5, 9],
    [11, 14],
    [16, 19],
    [21, 25],
    [0, 0],
  ].map(([from = 0, to = 0]) => texts.of(bytes, from, to));
  expect(read).toEqual(['hit', 'miss', 'hit', 'h\u00eft', 'hits', '']);
});

it('keeps as many texts as it may, and reads the others each time', () => {
  const texts = new SeenTexts(1);
  const bytes = Buffer.from('firstother');
  expect([texts.of(bytes, 0, 5), texts.of(bytes, 5, 10), texts.of(bytes, 5, 10), texts.of(bytes, 0, 5)]).toEqual([
    'first',
    'other',
    'other',
    'first',
  ]);
});
