import { describe, expect, it } from 'vitest';
import { redirectAddresses } from './redirectAddresses';

const admitted = { 'shop.test': ['192.0.2.1'], localhost: ['127.0.0.1'] };
const here = ['127.0.0.1', '::1'];
const elsewhere = ['192.0.2.1'];

describe('a redirect', () => {
  it.each([
    ['shop.test', elsewhere, ['192.0.2.1']],
    ['shop.test', here, ['192.0.2.1']],
    ['localhost', elsewhere, ['127.0.0.1']],
    ['127.0.0.1', here, ['127.0.0.1']],
    ['127.9.9.9', here, ['127.9.9.9']],
    ['::1', here, ['::1']],
    ['app.localhost', here, ['127.0.0.1', '::1']],
  ])('to %s from %j may go to %j', (host, from, addresses) => {
    expect(redirectAddresses(host, from, admitted)).toEqual(addresses);
  });

  it.each([
    ['other.test', elsewhere],
    ['other.test', here],
    ['192.0.2.1', here],
    ['127.0.0.1.other.test', here],
    ['localhost.other.test', here],
    ['0.0.0.0', here],
    ['::', here],
    ['127.0.0.1', elsewhere],
    ['127.0.0.1', ['127.0.0.1', '192.0.2.1']],
    ['app.localhost', elsewhere],
    ['constructor', here],
  ])('to %s from %j goes nowhere', (host, from) => {
    expect(redirectAddresses(host, from, admitted)).toBeUndefined();
  });
});
