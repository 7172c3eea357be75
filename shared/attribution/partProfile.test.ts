import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PartProfile } from './partProfile';

interface Sample {
  networkUs: number;
  commitUs: number;
  fetchUs: number;
}

const sample: fc.Arbitrary<Sample> = fc.record({
  networkUs: fc.integer({ min: 0, max: 5_000 }),
  commitUs: fc.integer({ min: 0, max: 2_000_000 }),
  fetchUs: fc.integer({ min: 0, max: 300 }),
});
const samples = fc.array(sample, { minLength: 1, maxLength: 300 });

function record(profile: PartProfile, { networkUs, commitUs, fetchUs }: Sample): void {
  profile.add('network', networkUs);
  profile.addServerPart('commit', commitUs);
  if (fetchUs > 0) profile.addServerPart('fetch', fetchUs);
  profile.record(networkUs + commitUs + fetchUs);
}

function profileOf(all: readonly Sample[]): PartProfile {
  const profile = new PartProfile();
  for (const one of all) record(profile, one);
  return profile;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('a profile of parts', () => {
  it('has the exact means of all requests, by the names of the service', () => {
    fc.assert(
      fc.property(samples, (all) => {
        const band = profileOf(all).band(0, 1);
        expect(band?.count).toBeCloseTo(all.length, 6);
        expect(band?.partsUs.get('server.commit') ?? 0).toBeCloseTo(meanOf(all.map(({ commitUs }) => commitUs)), 6);
        expect(band?.partsUs.get('server.fetch') ?? 0).toBeCloseTo(meanOf(all.map(({ fetchUs }) => fetchUs)), 6);
        expect(band?.partsUs.get('network') ?? 0).toBeCloseTo(meanOf(all.map(({ networkUs }) => networkUs)), 6);
      }),
    );
  });

  it('has parts that add up to the response time, in any band', () => {
    fc.assert(
      fc.property(samples, fc.double({ min: 0, max: 0.9, noNaN: true }), (all, from) => {
        const band = profileOf(all).band(from, 1);
        const sum = [...(band?.partsUs.values() ?? [])].reduce((total, part) => total + part, 0);
        expect(sum).toBeCloseTo(band?.meanUs ?? -1, 6);
      }),
    );
  });

  it('finds the slowest requests to an eighth of their response time', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 100, maxLength: 300 }), (all) => {
        const sorted = all
          .map(({ networkUs, commitUs, fetchUs }) => networkUs + commitUs + fetchUs)
          .sort((a, b) => a - b);
        const slowest = sorted.slice(Math.floor(sorted.length * 0.95));
        const exact = meanOf(sorted.slice(Math.floor(sorted.length * 0.95)));
        const band = profileOf(all).band(0.95, 1);
        // The cut may lie within a request, and within a bucket.
        expect(band?.meanUs).toBeGreaterThanOrEqual((slowest[0] ?? 0) * (1 - 1 / 8) - 1);
        expect(band?.meanUs).toBeLessThanOrEqual((sorted.at(-1) ?? 0) + 1);
        expect(Math.abs((band?.meanUs ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.4 + 1);
      }),
    );
  });

  it('is the same whether requests were recorded in one process or in two that met the parts in another order', () => {
    fc.assert(
      fc.property(samples, samples, (here, there) => {
        const merged = new PartProfile();
        merged.addServerPart('fetch', 1);
        merged.record(1);
        merged.reset();
        merged.mergeSparse(structuredClone(profileOf(here).toSparse()));
        merged.merge(profileOf(there));
        const together = profileOf([...here, ...there]);
        for (const [from, to] of [
          [0, 1],
          [0.45, 0.55],
          [0.95, 1],
        ] as const) {
          const [a, b] = [merged.band(from, to), together.band(from, to)];
          expect(a?.meanUs).toBeCloseTo(b?.meanUs ?? -1, 5);
          for (const [part, meanUs] of b?.partsUs ?? []) expect(a?.partsUs.get(part)).toBeCloseTo(meanUs, 5);
        }
      }),
    );
  });

  it('keeps what a service with too many parts sends under one name', () => {
    const profile = new PartProfile();
    for (let part = 0; part < 100; part += 1) profile.addServerPart(`part-${part}`, 10);
    profile.record(1_000);
    const band = profile.band(0, 1);
    expect(band?.partsUs.size).toBeLessThanOrEqual(32);
    expect([...(band?.partsUs.values() ?? [])].reduce((sum, part) => sum + part, 0)).toBe(1_000);
    expect(band?.partsUs.get('server.other')).toBeGreaterThan(500);
  });

  it('is empty after a reset, and has no band', () => {
    const profile = profileOf([{ networkUs: 1, commitUs: 2, fetchUs: 3 }]);
    profile.reset();
    expect(profile.count).toBe(0);
    expect(profile.band(0, 1)).toBeUndefined();
  });
});
