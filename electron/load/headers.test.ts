import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerTiming } from '../target/serverTiming';
import { parseCacheStatus } from './cacheStatus';
import { parseServerTiming } from './serverTimingHeader';

describe('parseServerTiming', () => {
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

  it('never throws', () => {
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
    [undefined, undefined],
  ])('reads %j as %s', (header, outcome) => {
    expect(parseCacheStatus(header)).toBe(outcome);
  });
});
