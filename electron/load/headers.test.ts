import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpResponse } from '../../tests/support/factories';
import { ServerTiming } from '../service/serverTiming';
import { CacheLookups, cacheLookupOf, parseCacheStatus } from './cacheStatus';
import { SeenTexts } from './http/seenTexts';
import { visitServerTiming } from './serverTimingHeader';

/** Reads a header that stands in the middle of other bytes. */
function parseServerTiming(text: string): [name: string, durationMs: number][] {
  const parts: [string, number][] = [];
  const bytes = Buffer.from(`;dur=1,${text};dur=2`, 'latin1');
  const names = new SeenTexts(2);
  const to = bytes.length - ';dur=2'.length;
  visitServerTiming(bytes, ';dur=1,'.length, to, names, (name, durationUs) => parts.push([name, durationUs / 1000]));
  return parts;
}

describe('visitServerTiming', () => {
  it('reads what the service writes', () => {
    const timing = new ServerTiming();
    timing.add('commit', 1.25);
    timing.add('fetch', 0.5);
    timing.add('commit', 0.25);
    expect(parseServerTiming(timing.header())).toEqual([
      ['fetch', 0.5],
      ['commit', 1.5],
    ]);
  });

  it('reads the examples of the specification and leaves out metrics without a duration', () => {
    expect(parseServerTiming('miss, db;dur=53, app;dur=47.2, cache;desc="Cache Read";dur=23.2')).toEqual([
      ['db', 53],
      ['app', 47.2],
      ['cache', 23.2],
    ]);
  });

  it.each([
    [
      'a;dur=1.5;desc="x, y;dur=9",b;dur=2',
      [
        ['a', 1.5],
        ['b', 2],
      ],
    ],
    ['a ; dur = 3', [['a', 3]]],
    ['a;desc="quoted \\" quote";dur="4.25"', [['a', 4.25]]],
    ['a;dur=-1, b;dur=1e3, c;dur=, d;dur=1.2.3, e;dur=7', [['e', 7]]],
    ['total;duration=5, t;dur=1;dur=2', [['t', 1]]],
    [',,;dur=1,', []],
    [
      'a;dur=0.0004, b;dur=0.0006, c;dur=.5, d;dur=5.',
      [
        ['a', 0],
        ['b', 0.001],
        ['c', 0.5],
        ['d', 5],
      ],
    ],
    ['a;dur=99999999999999999999', [['a', 2_147_483.647]]],
  ])('reads %j', (text, parts) => {
    expect(parseServerTiming(text)).toEqual(parts);
  });

  it('reads back every list of names and durations', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);
    const durationMs = fc.integer({ min: 0, max: 1e9 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, durationMs)), (parts) => {
        const read = parseServerTiming(parts.map(([part, ms]) => `${part};dur=${ms.toFixed(3)}`).join(', '));
        expect(read.map(([part]) => part)).toEqual(parts.map(([part]) => part));
        read.forEach(([, ms], index) => {
          expect(ms).toBeCloseTo(parts[index]?.[1] ?? Number.NaN, 6);
        });
      }),
    );
  });

  it('never throws, and comes to an end', () => {
    fc.assert(fc.property(fc.string(), (header) => Array.isArray(parseServerTiming(header))));
  });
});

describe('parseCacheStatus', () => {
  it.each([
    ['proofload; hit', 'hit'],
    ['proofload; fwd=miss', 'miss'],
    ['proofload; fwd=stale', 'miss'],
    ['proofload; fwd=request', undefined],
    ['origin; fwd=miss, edge; hit; ttl=30', 'hit'],
    ['edge; fwd=bypass', undefined],
  ])('reads %j as %s', (header, outcome) => {
    expect(parseCacheStatus(header)).toBe(outcome);
  });
});

describe('cacheLookupOf', () => {
  const lookup = (headers: Record<string, string>) => cacheLookupOf({ header: (name) => headers[name] });

  it.each([
    [{ 'cache-status': 'edge; fwd=bypass', 'x-cache': 'HIT' }, undefined],
    [{ 'x-cache': 'Hit from cloudfront' }, 'hit'],
    [{ 'x-cache': 'MISS, HIT' }, 'hit'],
    [{ 'x-cache': 'TCP_MISS from a.example' }, 'miss'],
    [{ 'x-cache': 'TCP_HIT', 'cf-cache-status': 'MISS' }, 'hit'],
    [{ 'cf-cache-status': 'HIT' }, 'hit'],
    [{ 'cf-cache-status': 'EXPIRED', age: '7' }, 'miss'],
    [{ 'cf-cache-status': 'DYNAMIC' }, undefined],
    [{ age: '12' }, 'hit'],
    [{ age: '0' }, undefined],
    [{}, undefined],
  ])('takes the most standard header that is there: %j', (headers, outcome) => {
    expect(lookup(headers)).toBe(outcome);
  });
});

describe('the cache lookups of responses', () => {
  it('are those of their headers, however often these come again', () => {
    const lookups = new CacheLookups();
    const values = ['proofload; hit', 'proofload; fwd=miss', 'proofload; hit', 'proofload; fwd=request', undefined];
    const found = values.map((value) =>
      lookups.of(httpResponse({ header: (name) => (name === 'cache-status' ? value : undefined) })),
    );
    expect(found).toEqual(['hit', 'miss', 'hit', undefined, undefined]);
  });

  it('are looked up once for responses with the same head', () => {
    const lookups = new CacheLookups();
    const seen: string[] = [];
    const response = (headNumber: number, value: string) =>
      httpResponse({
        headNumber,
        header: (name) => {
          seen.push(name);
          return value;
        },
      });
    const found = [response(1, 'a; hit'), response(1, 'a; hit'), response(2, 'a; fwd=miss')].map((one) =>
      lookups.of(one),
    );
    expect(found).toEqual(['hit', 'hit', 'miss']);
    expect(seen).toEqual(['cache-status', 'cache-status']);
  });
});
