import { describe, expect, it } from 'vitest';
import { acceptedEncodings } from './importedHeaders';

describe('the encodings that an imported request accepts', () => {
  it.each([
    ['gzip, deflate, br, zstd', ['gzip', 'deflate', 'br']],
    ['GZIP;q=0.8, br;q=1.0', ['gzip', 'br']],
    ['br;q=0, gzip, gzip', ['gzip']],
    ['identity', undefined],
    ['*', undefined],
    ['zstd', undefined],
    ['', undefined],
  ])('are those of %j that can be decoded', (value, expected) => {
    expect(acceptedEncodings([['accept-encoding', value]])).toEqual(expected);
  });

  it('are unknown without a header', () => {
    expect(acceptedEncodings([['Accept', 'gzip']])).toBeUndefined();
  });
});
