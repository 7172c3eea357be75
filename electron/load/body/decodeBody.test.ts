import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { canDecode, decodeBody } from './decodeBody';

const mebibyte = 1024 * 1024;
const text = Buffer.from('a'.repeat(1_000));
const fault = (kind: string) => expect.objectContaining({ name: 'UndecodableBody', fault: kind });

describe('a body', () => {
  it.each([
    ['gzip', gzipSync(text)],
    [' GZIP , br', brotliCompressSync(gzipSync(text))],
    ['identity', text],
    ['', text],
  ])('is decoded from %s', (encodings, bytes) => {
    expect(decodeBody(bytes, encodings)).toEqual(text);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(2 * mebibyte))],
    ['deflate', deflateSync(Buffer.alloc(2 * mebibyte))],
    ['br', brotliCompressSync(Buffer.alloc(2 * mebibyte))],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(2 * mebibyte)))],
  ])('that would be larger than it may be is not decoded from %s to its end', (encodings, bytes) => {
    expect(bytes.length).toBeLessThan(mebibyte / 100);
    expect(() => decodeBody(bytes, encodings, mebibyte)).toThrow(fault('body-too-large'));
    expect(decodeBody(bytes, encodings, 2 * mebibyte)).toHaveLength(2 * mebibyte);
  });

  it.each([
    ['one that nobody knows', text, 'sdch', 'encoding-unsupported'],
    ['what it is not', text, 'gzip', 'body-malformed'],
    ['a part of it', gzipSync(text).subarray(0, 20), 'gzip', 'body-malformed'],
    ['too many of them', text, 'identity,'.repeat(5), 'body-too-large'],
  ])('is not decoded from %s', (_what, bytes, encodings, kind) => {
    expect(() => decodeBody(bytes, encodings)).toThrow(fault(kind));
  });

  it('knows which encodings this Node has', () => {
    expect(['gzip', 'deflate', 'br', 'sdch'].map(canDecode)).toEqual([true, true, true, false]);
  });
});
