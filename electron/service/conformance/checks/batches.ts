import { isDeepStrictEqual } from 'node:util';
import type { Document } from '../../../../shared/documents/document';
import { untimed } from '../../serverTiming';
import type { BatchStep, StorageEngine } from '../../storage/storageEngine';
import { type ConformanceCheck, documentOf, fields, listAll, must, mustEnd, mustHold, show } from '../conformanceCheck';

async function mustBeUntouched(engine: StorageEngine, tenant: string, before: readonly Document[]): Promise<void> {
  const after = await listAll(engine, tenant);
  must(
    after.length === before.length && after.every((document, index) => isDeepStrictEqual(document, before[index])),
    () => `left behind: ${after.map(show).join('; ')}`,
  );
  for (const document of before) await mustHold(engine, document);
  for (const status of ['draft', 'review'] as const) {
    const listed = (await listAll(engine, tenant, status)).map(({ id }) => id).join(' ');
    const expected = before.flatMap((document) => (document.status === status ? [document.id] : [])).join(' ');
    must(listed === expected, () => `${status} lists ${listed}, must be ${expected}`);
  }
}

/** Returns steps of all kinds that an engine must accept. */
function rightSteps(tenant: string): BatchStep[] {
  return [
    { kind: 'insert', document: documentOf(tenant, 'new', { status: 'review' }) },
    { kind: 'update', id: 'a', fields: fields({ title: 'changed', status: 'review' }) },
    { kind: 'require', id: 'b', expectedVersion: 1 },
    { kind: 'delete', id: 'c' },
    { kind: 'update', id: 'new', expectedVersion: 1, fields: fields({ title: 'changed twice', status: 'review' }) },
  ];
}

const refusals = [
  { step: { kind: 'delete', id: 'none' }, outcome: 'not-found' },
  { step: { kind: 'update', id: 'b', expectedVersion: 9, fields: fields() }, outcome: 'conflict' },
  { step: { kind: 'require', id: 'b', expectedVersion: 9 }, outcome: 'conflict' },
] as const;

const allOrNothing: ConformanceCheck = {
  id: 'all-or-nothing',
  group: 'batches',
  title: 'A batch that is refused at any step leaves nothing behind; one that is accepted is there as a whole',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    const before = ['a', 'b', 'c'].map((id) => documentOf(name, id));
    await Promise.all(before.map((document) => engine.insert(document, untimed)));
    const right = rightSteps(name);
    const wrong = [
      ...refusals,
      { step: { kind: 'insert', document: documentOf(name, 'b') }, outcome: 'unique-violation' } as const,
    ];
    for (const { step, outcome } of wrong) {
      for (let position = 0; position <= right.length; position += 1) {
        const steps: BatchStep[] = [...right.slice(0, position), step, ...right.slice(position)];
        await mustEnd(
          engine.batch(name, steps, 2, untimed),
          outcome,
          `a batch with a wrong ${step.kind} as step ${position + 1}`,
        );
      }
      await mustBeUntouched(engine, name, before);
    }
    await engine.batch(name, right, 2, untimed);
    await mustBeUntouched(engine, name, [
      { ...documentOf(name, 'a', { title: 'changed', status: 'review' }), version: 2, updatedAt: 2 },
      documentOf(name, 'b'),
      { ...documentOf(name, 'new', { title: 'changed twice', status: 'review' }), version: 2, updatedAt: 2 },
    ]);
    note(`${wrong.length * (right.length + 1)} batches with one wrong step, at every position.`);
  },
};

const otherTenant: ConformanceCheck = {
  id: 'batch-tenant',
  group: 'batches',
  title: 'A batch cannot reach into another tenant',
  run: async ({ engine, tenant, note }) => {
    const [own, other] = [tenant('a'), tenant('b')];
    await engine.insert(documentOf(other, 'd1'), untimed);
    const steps: BatchStep[] = [
      { kind: 'insert', document: documentOf(own, 'd2') },
      { kind: 'insert', document: documentOf(other, 'd3') },
    ];
    await mustEnd(engine.batch(own, steps, 2, untimed), 'tenant-denied', "a batch with another tenant's document");
    await mustEnd(
      engine.batch(own, [{ kind: 'delete', id: 'd1' }], 2, untimed),
      'not-found',
      "a delete of another's id",
    );
    must((await listAll(engine, own)).length === 0, () => 'the refused batch has left a document');
    await mustHold(engine, documentOf(other, 'd1'));
    note('A document of another tenant among the steps is refused, and its id is not found.');
  },
};

const transfers: ConformanceCheck = {
  id: 'transfers',
  group: 'batches',
  title: 'Transfers between accounts at the same time keep the total',
  run: async ({ engine, tenant, random, note }) => {
    const name = tenant('a');
    const accounts = Array.from({ length: 12 }, (_, index) => `account-${index}`);
    const opening = 100;
    await Promise.all(accounts.map((id) => engine.insert(documentOf(name, id, { body: String(opening) }), untimed)));
    let refused = 0;
    const transfer = async (): Promise<void> => {
      const from = accounts[Math.floor(random() * accounts.length)] ?? '';
      const to = accounts.filter((id) => id !== from)[Math.floor(random() * (accounts.length - 1))] ?? '';
      const [source, sink] = await Promise.all([from, to].map((id) => engine.get({ tenant: name, id }, untimed)));
      must(source !== undefined && sink !== undefined, () => 'an account is gone');
      const amount = 1 + Math.floor(random() * 10);
      const steps: BatchStep[] = [
        {
          kind: 'update',
          id: from,
          expectedVersion: source.version,
          fields: fields({ body: String(Number(source.body) - amount) }),
        },
        {
          kind: 'update',
          id: to,
          expectedVersion: sink.version,
          fields: fields({ body: String(Number(sink.body) + amount) }),
        },
      ];
      try {
        await engine.batch(name, steps, 2, untimed);
      } catch {
        refused += 1;
      }
    };
    const total = 200;
    for (let round = 0; round < total / 10; round += 1) await Promise.all(Array.from({ length: 10 }, transfer));
    const balances = (await listAll(engine, name)).map(({ body }) => Number(body));
    const sum = balances.reduce((a, b) => a + b, 0);
    must(sum === accounts.length * opening, () => `the accounts hold ${sum}, must be ${accounts.length * opening}`);
    must(refused < total, () => 'not one transfer came through');
    note(
      `${total} transfers, ten at a time; ${refused} were refused because another came between. The total stayed ${sum}.`,
    );
  },
};

export const batchChecks = [allOrNothing, otherTenant, transfers];
