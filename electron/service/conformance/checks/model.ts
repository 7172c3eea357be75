import { isDeepStrictEqual } from 'node:util';
import type { Document } from '../../../../shared/documents/document';
import { documentStatuses } from '../../../../shared/documents/document';
import type { Random } from '../../../../shared/statistics/random';
import { untimed } from '../../serverTiming';
import { DocumentTable } from '../../storage/documentTable';
import type { BatchStep, StorageEngine } from '../../storage/storageEngine';
import { StorageError } from '../../storage/storageError';
import { type ConformanceCheck, documentOf, fields, listAll, must, outcomeOf, show } from '../conformanceCheck';

const ids = ['a', 'b', 'c', 'd'];
const operations = 400;

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function randomStep(tenant: string, random: Random, at: number): BatchStep {
  const id = pick(ids, random);
  const content = { status: pick(documentStatuses, random), title: `operation ${at}` };
  const version = random() < 0.3 ? 1 + Math.floor(random() * 3) : undefined;
  const kind = pick(['insert', 'update', 'update', 'delete', 'require'] as const, random);
  switch (kind) {
    case 'insert':
      return { kind, document: documentOf(tenant, id, content) };
    case 'update':
      return { kind, id, expectedVersion: version, fields: fields(content) };
    case 'delete':
      return { kind, id, expectedVersion: version };
    case 'require':
      return { kind, id, expectedVersion: version ?? 1 };
  }
}

/** Carries out a single step, by its own operation if there is one. */
function single(engine: StorageEngine, tenant: string, step: BatchStep, at: number): Promise<unknown> {
  switch (step.kind) {
    case 'insert':
      return engine.insert(step.document, untimed);
    case 'update':
      return engine.update({ tenant, ...step }, step.fields, at, untimed);
    case 'delete':
      return engine.delete({ tenant, ...step }, untimed);
    case 'require':
      return engine.batch(tenant, [step], at, untimed);
  }
}

/** Returns the outcome of the same steps in the model. */
function modelOutcome(model: DocumentTable, tenant: string, steps: readonly BatchStep[], at: number): string {
  try {
    model.batch(tenant, steps, at);
    return 'accepted';
  } catch (error) {
    if (error instanceof StorageError) return error.kind;
    throw error;
  }
}

const model: ConformanceCheck = {
  id: 'model',
  group: 'documents',
  title: 'After any sequence of operations, its responses and its content match a simple model',
  run: async ({ engine, tenant, random, note }) => {
    const name = tenant('a');
    const expected = new DocumentTable();
    const batches = (await outcomeOf(engine.batch(name, [], 1, untimed))) !== 'not-supported';
    const history: string[] = [];
    const counts = new Map<string, number>();
    for (let at = 1; at <= operations; at += 1) {
      const length = batches && random() < 0.3 ? 1 + Math.floor(random() * 4) : 1;
      const steps = Array.from({ length }, () => randomStep(name, random, at)).filter(
        ({ kind }) => batches || kind !== 'require',
      );
      const [first] = steps;
      if (!first) continue;
      history.push(steps.map(({ kind }) => kind).join('+'));
      const wanted = modelOutcome(expected, name, steps, at);
      const work = steps.length === 1 ? single(engine, name, first, at) : engine.batch(name, steps, at, untimed);
      const outcome = await outcomeOf(work);
      must(
        outcome === wanted,
        () => `operation ${at} (${history.slice(-5).join(', ')}) ended as ${outcome}, must be ${wanted}`,
      );
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      for (const id of ids) {
        const [found, right] = [await engine.get({ tenant: name, id }, untimed), expected.find(name, id)];
        must(
          isDeepStrictEqual(found, right),
          () => `after operation ${at} ${id} is ${show(found)}, must be ${show(right)}`,
        );
      }
    }
    const all: Document[] = await listAll(engine, name);
    const right = expected.page(name, { status: undefined, limit: 10, after: undefined });
    must(
      all.length === right.length && all.every((document, index) => isDeepStrictEqual(document, right[index])),
      () => `the list is ${all.map(show).join('; ')}`,
    );
    note(
      `${operations} random operations: ${[...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}.`,
    );
  },
};

export const modelChecks = [model];
