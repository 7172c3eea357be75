import { expect, it } from 'vitest';
import { z } from 'zod';
import { scenarioSchema } from '../../shared/scenario/schema';

it('ships the JSON schema of a scenario file; `vitest -u` rewrites it after a deliberate change', async () => {
  const schema = {
    $id: 'proofload.scenario/1',
    title: 'Proofload scenario, version 1',
    ...z.toJSONSchema(scenarioSchema, { target: 'draft-2020-12', io: 'input' }),
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../resources/scenario.schema.json');
});
