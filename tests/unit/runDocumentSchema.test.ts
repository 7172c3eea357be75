import { expect, it } from 'vitest';
import { z } from 'zod';
import { runDocumentSchema } from '../../shared/run/document';

it('ships the JSON schema of the run document; `vitest -u` rewrites it after a deliberate change', async () => {
  const schema = {
    $id: 'proofload.run/1',
    title: 'Proofload run document, version 1',
    ...z.toJSONSchema(runDocumentSchema, { target: 'draft-2020-12' }),
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../resources/run-document.schema.json');
});
