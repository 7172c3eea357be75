import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { runDocumentSchema } from '../../shared/run/document';
import { runIntervalSchema, runMetricsSchema } from '../../shared/run/metrics';

it('ships the JSON schema of the run document; `vitest -u` rewrites it after a deliberate change', async () => {
  const schema = {
    $id: 'proofload.run/1',
    title: 'Proofload run document, version 1',
    ...z.toJSONSchema(runDocumentSchema, { target: 'draft-2020-12' }),
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../resources/run-document.schema.json');
});

it('describes every field of the document, its metrics and its seconds in docs/run-document.md', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/run-document.md'), 'utf8');
  const described = new Set([...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const fields = [runDocumentSchema, runMetricsSchema, runIntervalSchema].flatMap(({ shape }) => Object.keys(shape));
  expect(fields.filter((name) => !described.has(name))).toEqual([]);
});
