import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandsOf, meanPartsMs, mergedProfile, type PartBand } from './attribution';
import { overlapNotes, resolveOverlap } from './overlap';
import { PartProfile } from './partProfile';

/** A request: the wait for its first byte, and the parts of the service; all in ms. `total` is the whole. */
interface Request {
  waitedMs: number;
  named: Readonly<Record<string, number>>;
}

/** Records as electron/load/requestParts.ts does. */
function profileOf(requests: readonly Request[]): PartProfile {
  const profile = new PartProfile();
  for (const { waitedMs, named } of requests) {
    const { total, ...inner } = named;
    const innerMs = Object.values(inner).reduce((sum, ms) => sum + ms, 0);
    for (const [part, ms] of Object.entries(inner)) profile.addServerPart(part, Math.round(ms * 1_000));
    profile.add('longest_inner', Math.round(1_000 * Math.max(0, ...Object.values(inner))));
    if (total !== undefined) profile.add('server.handler', Math.round((total - innerMs) * 1_000));
    profile.add(
      total === undefined ? 'unattributed' : 'network_and_waiting',
      Math.round((waitedMs - (total ?? innerMs)) * 1_000),
    );
    profile.add('send_wait', 100);
    profile.record(Math.round(waitedMs * 1_000) + 100);
  }
  return profile;
}

function bandOf(requests: readonly Request[]): PartBand {
  const { all } = bandsOf(profileOf(requests));
  if (!all) throw new Error('no requests');
  return all;
}

function sumOf({ parts }: PartBand): number {
  return Object.values(parts).reduce((sum, ms) => sum + ms, 0);
}

function many(request: (index: number) => Request): Request[] {
  return Array.from({ length: 200 }, (_, index) => request(index));
}

describe('the parts that a service names', () => {
  it('are as it names them where they fit one after the other', () => {
    const requests = many(() => ({ waitedMs: 31.9, named: { app: 5, db: 25 } }));
    expect(bandOf(requests).parts).toEqual({ send_wait: 0.1, unattributed: 1.9, 'server.app': 5, 'server.db': 25 });
    expect(overlapNotes([['read', profileOf(requests)]])).toEqual([]);
  });

  it('are nested where the longest is the longest of every request and they do not fit: it is shown without the others', () => {
    const requests = many((index) => ({ waitedMs: 31.9 + index / 100, named: { app: 30, db: 25 } }));
    const band = bandOf(requests);
    expect(band.parts['server.db']).toBe(25);
    expect(band.parts['server.app without db']).toBe(5);
    expect(sumOf(band)).toBeCloseTo(band.mean, 3);
    expect(overlapNotes([['read', profileOf(requests)]])).toEqual([
      'The parts that the service names for read (app, db) add up to 55.0 ms where there are 32.9 ms for them, so some are nested or run side by side. app is taken to contain db, and shown without them.',
    ]);
  });

  it('are nested within the whole that the service names as well, whatever the network takes', () => {
    const band = bandOf(many(() => ({ waitedMs: 90, named: { total: 31, app: 30, db: 25 } })));
    expect(band.parts).toEqual({
      send_wait: 0.1,
      network_and_waiting: 59,
      'server.handler': 1,
      'server.app without db': 5,
      'server.db': 25,
    });
  });

  it('are nested in each other in several steps', () => {
    const band = bandOf(many(() => ({ waitedMs: 30, named: { sql: 24, app: 28, db: 25 } })));
    expect(band.parts).toMatchObject({
      'server.app without db and sql': 3,
      'server.db without sql': 1,
      'server.sql': 24,
      unattributed: 2,
    });
  });

  it('run side by side where now one, now another is the longest: shown in proportion, as long as the longest', () => {
    const requests = many((index) => ({
      waitedMs: 25,
      named: index % 2 === 0 ? { a: 20, b: 10 } : { a: 10, b: 20 },
    }));
    const band = bandOf(requests);
    expect(band.parts).toMatchObject({ 'server.a, overlapping': 10, 'server.b, overlapping': 10, unattributed: 5 });
    expect(sumOf(band)).toBeCloseTo(band.mean, 3);
    expect(overlapNotes([['read', profileOf(requests)]])[0]).toContain('a, b overlap, and are shown in proportion');
  });

  it('are no overlap where a figure was rounded', () => {
    const requests = many(() => ({ waitedMs: 30.9, named: { app: 6, db: 25 } }));
    expect(overlapNotes([['read', profileOf(requests)]])).toEqual([]);
    expect(sumOf(bandOf(requests))).toBeCloseTo(31, 3);
  });

  it('take no longer than what was waited for, where the service names a longer whole', () => {
    const band = bandOf(many(() => ({ waitedMs: 30, named: { total: 40 } })));
    expect(band.parts).toEqual({ send_wait: 0.1, 'server.handler': 30 });
  });

  it('are looked at in each operation by itself, before all are added up', () => {
    const nested = profileOf(many(() => ({ waitedMs: 32, named: { app: 30, db: 25 } })));
    const plain = profileOf(many(() => ({ waitedMs: 100, named: { app: 1 } })));
    const { all, slowest } = meanPartsMs([nested, plain]);
    expect(slowest).toEqual({ send_wait: 0.1, unattributed: 99, 'server.app': 1 });
    expect(all).toEqual({
      send_wait: 0.1,
      unattributed: 50.5,
      'server.app without db': 2.5,
      'server.app': 0.5,
      'server.db': 12.5,
    });
    expect(mergedProfile([nested, plain]).count).toBe(400);
    const note = overlapNotes([
      ['read', nested],
      ['list', nested],
      ['ping', plain],
    ]);
    expect(note).toHaveLength(1);
    expect(note[0]).toContain('for read, list (app, db)');
  });

  it('never add up to more or less than the response time, and are never negative, whatever a service sends', () => {
    const ms = fc.integer({ min: 0, max: 50 });
    const named = fc.record({ app: ms, db: ms, sql: ms, total: ms }, { requiredKeys: [] });
    const requests = fc.array(fc.record({ waitedMs: ms, named }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(requests, (all) => {
        const { profile } = resolveOverlap(profileOf(all));
        const band = profile.band(0, 1);
        const parts = [...(band?.partsUs.values() ?? [])];
        expect(parts.reduce((sum, us) => sum + us, 0)).toBeCloseTo(band?.meanUs ?? -1, 5);
        expect([...profile.toSparse().sumsUs].every((us) => us >= 0)).toBe(true);
      }),
    );
  });
});
