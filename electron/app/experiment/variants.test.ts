import { describe, expect, it } from 'vitest';
import { parseVariantList } from './variants';

describe('variants on the command line', () => {
  it('are engines, engines with settings, and URLs', () => {
    expect(parseVariantList('sqlite, sqlite:synchronous=normal;cache=off,http://127.0.0.1:3000/a:b')).toMatchObject([
      { name: 'sqlite', target: { kind: 'engine', engine: 'sqlite', options: { synchronous: 'full' } } },
      { target: { engine: 'sqlite', options: { synchronous: 'normal' } }, cache: false },
      { target: { kind: 'url', url: 'http://127.0.0.1:3000/a:b' } },
    ]);
    expect(parseVariantList('sqlite,sqlite')[0]).not.toHaveProperty('cache');
  });

  it.each([
    ['sqlite', 'usage'],
    ['a,b,c,d,e,f,g', 'usage'],
    ['sqlite,punch-cards', 'engine-unknown'],
    ['sqlite,sqlite:synchronous', 'usage'],
    ['sqlite,sqlite:synchronous=never', 'usage'],
    ['sqlite,sqlite:no=option', 'usage'],
    ['sqlite,sqlite:cache=perhaps', 'usage'],
    ['sqlite,http://', 'usage'],
  ])('%s is refused with a remedy', (text, code) => {
    expect(() => parseVariantList(text)).toThrow(expect.objectContaining({ code, hint: expect.stringMatching(/./) }));
  });
});
