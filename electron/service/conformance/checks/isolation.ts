import type { Document } from '../../../../shared/documents/document';
import { type Anomaly, allowedAnomalies } from '../../../../shared/engines/isolation';
import { untimed } from '../../serverTiming';
import type { BatchStep, StorageEngine } from '../../storage/storageEngine';
import { StorageError } from '../../storage/storageError';
import {
  type CheckContext,
  type ConformanceCheck,
  documentOf,
  fields,
  listAll,
  must,
  nextTurn,
  outcomeOf,
} from '../conformanceCheck';

/** Notes how often an anomaly was seen. Throws if this engine must not show it. */
function judge(
  { config, note }: CheckContext,
  anomaly: Anomaly,
  seen: number,
  of: number,
  example: () => string,
): void {
  const allowed = allowedAnomalies(config).includes(anomaly);
  must(allowed || seen === 0, () => `${seen} of ${of} observations show a ${anomaly}: ${example()}`);
  note(
    allowed
      ? `Declared: this engine may show a ${anomaly} with these settings. Seen in ${seen} of ${of} observations.`
      : `${of} observations, none shows a ${anomaly}.`,
  );
}

/** Repeats `read` in concurrent readers until `write` has ended. */
async function beside(write: () => Promise<void>, read: () => Promise<void>, readers: number): Promise<void> {
  let done = false;
  const reading = Promise.all(
    Array.from({ length: readers }, async () => {
      while (!done) {
        await read();
        await nextTurn();
      }
    }),
  );
  // An error of a reader is thrown when `write` is done.
  reading.catch(() => {});
  try {
    await write();
  } finally {
    done = true;
    await reading;
  }
}

/** Rejects with `not-supported` for a server without batches: it has nothing to isolate. */
async function requireBatches(engine: StorageEngine, tenant: string): Promise<void> {
  const outcome = await outcomeOf(engine.batch(tenant, [], 1, untimed));
  if (outcome === 'not-supported') throw new StorageError('not-supported', 'this server makes no batches');
}

const dirtyRead: ConformanceCheck = {
  id: 'dirty-read',
  group: 'isolation',
  title: 'Nobody sees what a refused batch would have written',
  run: async (context) => {
    const { engine, tenant } = context;
    const name = tenant('a');
    await requireBatches(engine, name);
    await engine.insert(documentOf(name, 'd1', { title: 'clean' }), untimed);
    const refused: BatchStep[] = [
      { kind: 'update', id: 'd1', fields: fields({ title: 'dirty' }) },
      { kind: 'insert', document: documentOf(name, 'd2', { title: 'dirty' }) },
      { kind: 'delete', id: 'none' },
    ];
    let observations = 0;
    let dirty = 0;
    await beside(
      async () => {
        for (let batch = 0; batch < 60; batch += 1) {
          await outcomeOf(engine.batch(name, refused, 2, untimed));
          await nextTurn();
        }
      },
      async () => {
        const seen: (Document | undefined)[] = [
          await engine.get({ tenant: name, id: 'd1' }, untimed),
          ...(await engine.query(name, { status: undefined, limit: 10, after: undefined }, untimed)),
        ];
        observations += 1;
        if (seen.some((document) => document?.title !== 'clean')) dirty += 1;
      },
      3,
    );
    judge(context, 'dirty-read', dirty, observations, () => 'the content of a refused batch was read');
  },
};

const fracturedRead: ConformanceCheck = {
  id: 'fractured-read',
  group: 'isolation',
  title: 'A list shows all of a batch or none of it',
  run: async (context) => {
    const { engine, tenant } = context;
    const name = tenant('a');
    await requireBatches(engine, name);
    const ids = Array.from({ length: 8 }, (_, index) => `d${index}`);
    await Promise.all(ids.map((id) => engine.insert(documentOf(name, id, { body: '0' }), untimed)));
    let observations = 0;
    let fractured = 0;
    let example = '';
    await beside(
      async () => {
        for (let batch = 1; batch <= 80; batch += 1) {
          const steps = ids.map((id): BatchStep => ({ kind: 'update', id, fields: fields({ body: String(batch) }) }));
          await outcomeOf(engine.batch(name, steps, batch, untimed));
          await nextTurn();
        }
      },
      async () => {
        const page = await engine.query(name, { status: undefined, limit: 100, after: undefined }, untimed);
        const bodies = page.map(({ body }) => body);
        observations += 1;
        if (new Set(bodies).size > 1) {
          fractured += 1;
          example = bodies.join(' ');
        }
      },
      3,
    );
    judge(context, 'fractured-read', fractured, observations, () => `one list held the batches ${example}`);
  },
};

const lostUpdate: ConformanceCheck = {
  id: 'lost-update',
  group: 'isolation',
  title: 'No batch overwrites what was written since its versions were read',
  run: async (context) => {
    const { engine, tenant } = context;
    const name = tenant('a');
    await requireBatches(engine, name);
    await engine.insert(documentOf(name, 'd1', { body: '0' }), untimed);
    let accepted = 0;
    const attempts = 200;
    const attempt = async (): Promise<void> => {
      const current = await engine.get({ tenant: name, id: 'd1' }, untimed);
      const body = String(Number(current?.body) + 1);
      const step: BatchStep = {
        kind: 'update',
        id: 'd1',
        expectedVersion: current?.version,
        fields: fields({ body }),
      };
      if ((await outcomeOf(engine.batch(name, [step], 1, untimed))) === 'accepted') accepted += 1;
    };
    for (let round = 0; round < attempts / 10; round += 1) await Promise.all(Array.from({ length: 10 }, attempt));
    const final = Number((await engine.get({ tenant: name, id: 'd1' }, untimed))?.body);
    judge(
      context,
      'lost-update',
      accepted - final,
      accepted,
      () => `${accepted} increments were accepted, the sum is ${final}`,
    );
  },
};

/**
 * The classic example of write skew (Cahill, 2009): two people are on call, and each may leave if the other stays.
 * Resolves with whether both have left.
 */
async function bothLeave(engine: StorageEngine, tenant: string, round: number): Promise<boolean> {
  const ids = [`a${round}`, `b${round}`] as const;
  await Promise.all(ids.map((id) => engine.insert(documentOf(tenant, id, { body: 'on call' }), untimed)));
  const leave = (id: string, other: string): Promise<unknown> => {
    const steps: BatchStep[] = [
      { kind: 'require', id: other, expectedVersion: 1 },
      { kind: 'update', id, expectedVersion: 1, fields: fields({ body: 'left' }) },
    ];
    return outcomeOf(engine.batch(tenant, steps, 1, untimed));
  };
  await Promise.all([leave(ids[0], ids[1]), leave(ids[1], ids[0])]);
  const states = (await listAll(engine, tenant)).filter(({ id }) => id === ids[0] || id === ids[1]);
  return states.every(({ body }) => body === 'left');
}

const writeSkew: ConformanceCheck = {
  id: 'write-skew',
  group: 'isolation',
  title: 'Of two batches that each require what the other changes, one is refused',
  run: async (context) => {
    const { engine, tenant } = context;
    const name = tenant('a');
    await requireBatches(engine, name);
    const rounds = 60;
    let skewed = 0;
    for (let round = 0; round < rounds; round += 1) if (await bothLeave(engine, name, round)) skewed += 1;
    judge(context, 'write-skew', skewed, rounds, () => 'both documents were changed');
  },
};

export const isolationChecks = [dirtyRead, fracturedRead, lostUpdate, writeSkew];
