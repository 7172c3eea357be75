import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededDocuments } from '../../../shared/documents/dataset';
import { engineConfigSchema } from '../../../shared/engines/config';
import { documentOf } from '../conformance/conformanceCheck';
import { untimed } from '../serverTiming';
import { HybridEngine } from './hybridEngine';

const memoryMb = 1;

describe('HybridEngine with less memory than documents', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-hybrid-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (): HybridEngine => {
    const config = engineConfigSchema.parse({ kind: 'engine', engine: 'hybrid', options: { memoryMb } });
    if (config.engine !== 'hybrid') throw new Error('another engine');
    return new HybridEngine(join(folder, 'documents.sqlite'), config.options);
  };

  it('stays within its memory, when it is filled, written to, read and opened again, and answers rightly', async () => {
    const documents = [...seededDocuments({ tenants: 2, documentsPerTenant: 1_000, documentBytes: 1_024 }, 1)];
    const engine = open();
    await engine.seed(documents);
    expect(engine.residentBytes).toBeLessThanOrEqual(memoryMb * 2 ** 20);
    expect(engine.residentBytes).toBeGreaterThan(0.9 * memoryMb * 2 ** 20);
    for (const document of documents) expect(await engine.get(document, untimed)).toEqual(document);
    await Promise.all(
      Array.from({ length: 500 }, (_, index) => engine.insert(documentOf('new', `n${index}`), untimed)),
    );
    await engine.insert(documentOf('new', 'huge', { body: 'x'.repeat(1_000_000) }), untimed);
    expect(engine.residentBytes).toBeLessThanOrEqual(memoryMb * 2 ** 20);
    expect((await engine.query('new', { status: undefined, limit: 1_000, after: undefined }, untimed)).length).toBe(
      501,
    );
    await engine.close();

    const again = open();
    expect(again.residentBytes).toBeLessThanOrEqual(memoryMb * 2 ** 20);
    expect((await again.get({ tenant: 'new', id: 'huge' }, untimed))?.body).toHaveLength(1_000_000);
    expect((await again.query('t00', { status: undefined, limit: 1_000, after: undefined }, untimed)).length).toBe(
      1_000,
    );
    await again.close();
  });
});
