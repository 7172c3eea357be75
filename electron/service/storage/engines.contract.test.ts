import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentStatuses } from '../../../shared/documents/document';
import { type EngineConfig, engineConfig } from '../../../shared/engines/config';
import { hasServer } from '../../../shared/engines/engine';
import { engineFromEnvironment } from '../../app/targets/engineChoice';
import { documentOf, fields, outcomeOf } from '../conformance/conformanceCheck';
import { checks, runCheck } from '../conformance/suite';
import { untimed } from '../serverTiming';
import { DocumentTable } from './documentTable';
import { type EnginePlace, openEngine } from './openEngine';
import type { BatchStep, StorageEngine } from './storageEngine';
import { StorageError } from './storageError';

/** Every engine inside this process, with the options that change its behaviour. */
const allConfigs: [string, EngineConfig][] = [
  ['memory', engineConfig('memory')],
  ['sqlite-json', engineConfig('sqlite-json')],
  ['sqlite', engineConfig('sqlite')],
  ['sqlite, normal', engineConfig('sqlite', { synchronous: 'normal' })],
  ['sqlite, one write a commit', engineConfig('sqlite', { groupCommitMaxWrites: 1 })],
  ['sqlite, with a window', engineConfig('sqlite', { groupCommitWindowMs: 1 })],
  ['hybrid', engineConfig('hybrid')],
  ['hybrid, with less memory than documents', engineConfig('hybrid', { memoryMb: 1 })],
];
/** PROOFLOAD_STORAGE narrows the tests to one engine, as it chooses the engine of the app. */
const chosen = engineFromEnvironment();
const isNarrowed = chosen !== undefined && !hasServer(chosen);
const configs = allConfigs.filter(([, { engine }]) => !isNarrowed || engine === chosen);

const step = (tenant: string): fc.Arbitrary<BatchStep> => {
  const id = fc.constantFrom('a', 'b', 'c');
  const content = fc
    .record({ title: fc.string({ maxLength: 20, unit: 'grapheme' }), status: fc.constantFrom(...documentStatuses) })
    .map((chosen) => fields(chosen));
  const version = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
  return fc.oneof(
    fc
      .tuple(id, content)
      .map(([key, chosen]): BatchStep => ({ kind: 'insert', document: documentOf(tenant, key, chosen) })),
    fc.record({ kind: fc.constant('update' as const), id, expectedVersion: version, fields: content }),
    fc.record({ kind: fc.constant('delete' as const), id, expectedVersion: version }),
    fc.record({ kind: fc.constant('require' as const), id, expectedVersion: fc.integer({ min: 1, max: 3 }) }),
  );
};

describe.each(configs)('engine %s', (_name, config) => {
  // Each test starts without data: for every list, the slow engine reads all documents that it has.
  let place: EnginePlace;
  let engine: StorageEngine;
  beforeEach(async () => {
    place = { folder: mkdtempSync(join(tmpdir(), 'proofload-engine-')), namespace: 'test', url: undefined };
    engine = await openEngine(config, place);
  });
  afterEach(async () => {
    await engine.close();
    rmSync(place.folder, { recursive: true });
  });

  it.each(checks.map((check) => [check.title, check] as const))('%s', async (_title, check) => {
    const result = await runCheck(check, { config, engine, reopen: () => openEngine(config, place) }, 1);
    expect(result, result.evidence.join('\n')).toMatchObject({ status: 'passed' });
  });

  it('behaves like a table in memory under any sequence of batches', async () => {
    let number = 0;
    const batches = fc.array(fc.array(step('{tenant}'), { maxLength: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(batches, async (sequence) => {
        number += 1;
        const tenant = `property-${number}`;
        const model = new DocumentTable();
        for (const [at, anonymous] of sequence.entries()) {
          const steps = anonymous.map((one) =>
            one.kind === 'insert' ? { ...one, document: { ...one.document, tenant } } : one,
          );
          let expected = 'accepted';
          try {
            model.batch(tenant, steps, at);
          } catch (error) {
            if (!(error instanceof StorageError)) throw error;
            expected = error.kind;
          }
          expect(await outcomeOf(engine.batch(tenant, steps, at, untimed))).toBe(expected);
        }
        for (const status of [undefined, ...documentStatuses]) {
          const query = { status, limit: 10, after: undefined };
          expect(await engine.query(tenant, query, untimed)).toEqual(model.page(tenant, query));
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe.each(configs.filter(([name]) => name !== 'memory'))('engine %s on disk', (_name, config) => {
  it('has what it acknowledged when it is opened again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proofload-engine-'));
    const place = { folder, namespace: 'test', url: undefined };
    const first = await openEngine(config, place);
    await first.insert(documentOf('t', 'd1'), untimed);
    await first.close();
    const second = await openEngine(config, place);
    expect(await second.get({ tenant: 't', id: 'd1' }, untimed)).toEqual(documentOf('t', 'd1'));
    await second.close();
    rmSync(folder, { recursive: true });
  });
});
