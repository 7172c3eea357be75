import { DocumentCache } from '../../documentCache';
import { BadRequest, DocumentService } from '../../documentService';
import { untimed } from '../../serverTiming';
import {
  type ConformanceCheck,
  documentOf,
  fields,
  listAll,
  must,
  mustEnd,
  mustHold,
  Nonconformity,
  outcomeOf,
  show,
} from '../conformanceCheck';

const guessing: ConformanceCheck = {
  id: 'tenant-guess',
  group: 'tenants',
  title: 'A tenant that knows the ids of another can neither read nor change its documents',
  run: async ({ engine, tenant, note }) => {
    const [own, other] = [tenant('own'), tenant('other')];
    const ids = Array.from({ length: 20 }, (_, index) => `d${index}`);
    await Promise.all(ids.map((id) => engine.insert(documentOf(other, id, { title: 'secret' }), untimed)));
    for (const id of ids) {
      const key = { tenant: own, id };
      const found = await engine.get(key, untimed);
      must(found === undefined, () => `${own} reads ${show(found)}`);
      await mustEnd(engine.update(key, fields(), 1, untimed), 'not-found', `an update of ${id} as ${own}`);
      await mustEnd(
        engine.update({ ...key, expectedVersion: 1 }, fields(), 1, untimed),
        'not-found',
        `an update of version 1 of ${id} as ${own}`,
      );
      await mustEnd(engine.delete(key, untimed), 'not-found', `a delete of ${id} as ${own}`);
    }
    const listed = await listAll(engine, own);
    must(listed.length === 0, () => `the list of ${own} shows ${show(listed[0])}`);
    await engine.insert(documentOf(own, 'd0', { title: 'own' }), untimed);
    await engine.delete({ tenant: own, id: 'd0' }, untimed);
    for (const id of ids) await mustHold(engine, documentOf(other, id, { title: 'secret' }));
    note(`${ids.length} ids of another tenant: read, listed, updated and deleted in vain.`);
  },
};

/** Valid names that a careless engine takes for equal, for a pattern or for a member of every object. */
const lookalikes = [
  'a',
  'A',
  'a.',
  'a-',
  'a~',
  'aa',
  'a_',
  '__proto__',
  'constructor',
  'toString',
  '..',
  '%',
  '0',
  '00',
];

const lookalikeTenants: ConformanceCheck = {
  id: 'tenant-lookalikes',
  group: 'tenants',
  title: 'Tenants whose names look alike, or mean something elsewhere, stay apart',
  run: async ({ engine, tenant, note }) => {
    const names = lookalikes.filter((name) => name !== '%').map((name) => tenant(name));
    for (const name of names) {
      for (const id of ['x', 'constructor', '__proto__']) {
        await engine.insert(documentOf(name, id, { title: `${id} of ${name}` }), untimed);
      }
    }
    for (const name of names) {
      const listed = await listAll(engine, name);
      must(
        listed.length === 3 && listed.every((document) => document.title === `${document.id} of ${name}`),
        () => `${name} lists ${listed.map(({ title }) => title).join(', ')}`,
      );
      const missing = await engine.get({ tenant: name, id: 'hasOwnProperty' }, untimed);
      must(missing === undefined, () => `${name} has a document that was never written: ${show(missing)}`);
    }
    await engine.delete({ tenant: names[0] ?? '', id: 'x' }, untimed);
    for (const name of names.slice(1)) await mustHold(engine, documentOf(name, 'x', { title: `x of ${name}` }));
    note(`Tenants: ${names.join(' ')}.`);
  },
};

/** Names with which attackers try to reach the documents of others. */
const hostileNames = [
  `a' OR '1'='1`,
  `a"; DROP TABLE documents; --`,
  '{"$gt":""}',
  '$where',
  'a:b',
  'a/../b',
  'a%2Fb',
  'ａ',
  'a\u0000',
  'a\u200bb',
  '',
  'x'.repeat(129),
];

const hostile: ConformanceCheck = {
  id: 'tenant-hostile',
  group: 'tenants',
  title: 'Names that attempt an injection are refused before the engine, and harmless as content',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    const cache = new DocumentCache({ enabled: false, maxEntries: 1, ttlMs: 0, onWrite: 'refresh' });
    const service = new DocumentService(engine, cache);
    const refusedBy = async (work: () => unknown, what: string): Promise<void> => {
      try {
        await work();
      } catch (error) {
        if (error instanceof BadRequest) return;
        throw error;
      }
      throw new Nonconformity(`${what} was accepted`);
    };
    for (const text of hostileNames) {
      const shown = JSON.stringify(text).slice(0, 40);
      await refusedBy(() => service.read(text, 'd1', false, untimed), `the tenant ${shown}`);
      await refusedBy(() => service.read(name, text, false, untimed), `the id ${shown}`);
      await refusedBy(() => service.create(text, fields(), untimed), `a document for the tenant ${shown}`);
    }
    for (const [index, text] of hostileNames.entries()) {
      const content = fields({ title: text.replaceAll('\0', ''), body: text.replaceAll('\0', '') });
      const document = { ...documentOf(name, `d${index}`), ...content };
      await engine.insert(document, untimed);
      await mustHold(engine, document);
    }
    const outcome = await outcomeOf(engine.get({ tenant: name, id: 'd0' }, untimed));
    must(outcome === 'accepted', () => 'the table is gone');
    note(`${hostileNames.length} names, as tenant, as id and as content.`);
  },
};

export const tenantChecks = [guessing, lookalikeTenants, hostile];
