import { isDeepStrictEqual } from 'node:util';
import type { Document, DocumentFields } from '../../../../shared/documents/document';
import { untimed } from '../../serverTiming';
import {
  type ConformanceCheck,
  documentOf,
  fields,
  listAll,
  must,
  mustEnd,
  mustHold,
  outcomeOf,
  show,
} from '../conformanceCheck';

const readBack: ConformanceCheck = {
  id: 'read-back',
  group: 'documents',
  title: 'Every document is read back field by field as written, and no others are there',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    const documents = Array.from({ length: 200 }, (_, index) =>
      documentOf(name, `d${String(index).padStart(3, '0')}`, { title: `title ${index}`, priority: index }),
    );
    await Promise.all(documents.map((document) => engine.insert(document, untimed)));
    for (const document of documents) await mustHold(engine, document);
    const absent = await engine.get({ tenant: name, id: 'none' }, untimed);
    must(absent === undefined, () => `a document that was never written is ${show(absent)}`);
    const all = await listAll(engine, name);
    must(
      all.length === documents.length,
      () => `the list has ${all.length} documents, ${documents.length} were written`,
    );
    note(`${documents.length} documents were written at once and read back by id and as a list.`);
  },
};

const uniqueKeys: ConformanceCheck = {
  id: 'unique-keys',
  group: 'documents',
  title: 'An id exists once in a tenant, also when many write it at once',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    const document = documentOf(name, 'd1');
    await engine.insert(document, untimed);
    await mustEnd(engine.insert({ ...document, title: 'second' }, untimed), 'unique-violation', 'the second insert');
    await mustHold(engine, document);
    const writers = 50;
    const outcomes = await Promise.all(
      Array.from({ length: writers }, (_, writer) =>
        outcomeOf(engine.insert(documentOf(name, 'raced', { title: `writer ${writer}` }), untimed)),
      ),
    );
    const winners = outcomes.filter((outcome) => outcome === 'accepted').length;
    const refused = outcomes.filter((outcome) => outcome === 'unique-violation').length;
    must(winners === 1, () => `${winners} of ${writers} inserts of one id were accepted`);
    must(refused === writers - 1, () => `losers of the race ended as ${[...new Set(outcomes)].join(', ')}`);
    const winner = outcomes.indexOf('accepted');
    await mustHold(engine, documentOf(name, 'raced', { title: `writer ${winner}` }));
    await engine.delete(document, untimed);
    await mustEnd(engine.insert(document, untimed), 'accepted', 'an insert after the delete');
    note(`Of ${writers} inserts of one id at once 1 was accepted, and its content is what is stored.`);
  },
};

const versions: ConformanceCheck = {
  id: 'versions',
  group: 'documents',
  title: 'An update changes just its document and raises the version by one; a delete removes it for good',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    const kept = documentOf(name, 'kept');
    let expected: Document = documentOf(name, 'changed');
    await engine.insert(kept, untimed);
    await engine.insert(expected, untimed);
    const updates = 20;
    for (let update = 1; update <= updates; update += 1) {
      const next = fields({ title: `update ${update}`, status: update % 2 === 0 ? 'draft' : 'review', tags: [] });
      const answered = await engine.update({ tenant: name, id: 'changed' }, next, 2_000 + update, untimed);
      expected = { ...expected, ...next, version: expected.version + 1, updatedAt: 2_000 + update };
      must(
        isDeepStrictEqual(answered, expected),
        () => `the update answered ${show(answered)}, must be ${show(expected)}`,
      );
      await mustHold(engine, expected);
    }
    await mustHold(engine, kept);
    await engine.delete({ tenant: name, id: 'changed' }, untimed);
    const gone = await engine.get({ tenant: name, id: 'changed' }, untimed);
    must(gone === undefined, () => `after its delete it is ${show(gone)}`);
    await mustEnd(engine.delete({ tenant: name, id: 'changed' }, untimed), 'not-found', 'a second delete');
    await mustEnd(engine.update({ tenant: name, id: 'changed' }, fields(), 1, untimed), 'not-found', 'an update of it');
    const left = await listAll(engine, name);
    must(
      left.length === 1 && isDeepStrictEqual(left[0], kept),
      () => `the list still has ${left.map(({ id }) => id).join(', ')}`,
    );
    note(`${updates} updates gave the versions 2 to ${updates + 1}; the document beside it was left alone.`);
  },
};

const concurrentVersions: ConformanceCheck = {
  id: 'concurrent-versions',
  group: 'documents',
  title: 'Updates at the same time get a version each, and the last one is what is stored',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    await engine.insert(documentOf(name, 'd1'), untimed);
    const writers = 50;
    const updated = await Promise.all(
      Array.from({ length: writers }, (_, writer) =>
        engine.update(
          { tenant: name, id: 'd1' },
          fields({ title: `writer ${writer}`, body: `writer ${writer}` }),
          5,
          untimed,
        ),
      ),
    );
    const seen = updated.map(({ version }) => version).sort((a, b) => a - b);
    must(
      seen.every((version, index) => version === index + 2),
      () => `${writers} updates gave the versions ${seen.join(', ')}`,
    );
    const newest = updated.find(({ version }) => version === writers + 1);
    const stored = await engine.get({ tenant: name, id: 'd1' }, untimed);
    must(isDeepStrictEqual(stored, newest), () => `stored is ${show(stored)}, the highest version was ${show(newest)}`);
    note(`${writers} updates at once gave ${writers} versions.`);
  },
};

const ownCopies: ConformanceCheck = {
  id: 'own-copies',
  group: 'documents',
  title: 'Changes that a caller makes to a document afterwards do not reach the store',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    const given = documentOf(name, 'd1');
    const inserting = engine.insert(given, untimed);
    given.title = 'changed by the caller';
    given.tags.push('changed by the caller');
    await inserting;
    await mustHold(engine, documentOf(name, 'd1'));
    const change = fields({ title: 'second' });
    const updating = engine.update({ tenant: name, id: 'd1' }, change, 2, untimed);
    change.tags.push('changed by the caller');
    await updating;
    const expected = { ...documentOf(name, 'd1', { title: 'second' }), version: 2, updatedAt: 2 };
    const handedOut = await engine.get({ tenant: name, id: 'd1' }, untimed);
    try {
      handedOut?.tags.push('changed by the reader');
    } catch {
      // Freezing the document is another way to keep the promise.
    }
    await mustHold(engine, expected);
    note('Documents were changed right after they were handed in and handed out.');
  },
};

/**
 * Valid but unusual documents. They reveal an engine that joins, quotes, escapes, folds or truncates content wrongly.
 */
const oddDocuments: Record<string, Partial<DocumentFields>> = {
  empty: { title: '', owner: '', category: '', tags: [], body: '', priority: 0 },
  quotes: {
    title: `'"\`\\`,
    body: `'; DROP TABLE documents; --`,
    tags: [`'`, '"', '\\', '{}', '{"a":1}', 'a,b', 'NULL'],
  },
  operators: { title: '{"$gt":""}', owner: '$where', category: '$1', body: '%_*?[a]{$ne:null}' },
  unicode: {
    title: 'ǅ ß ẞ İ ı Σ ς',
    owner: '日本語 العربية עברית',
    body: 'e\u0301 ≠ é, 👩‍👩‍👧‍👦, \u{10FFFF}',
    tags: ['𝄞', 'ａ', '⁣a'],
  },
  controls: { title: 'a\tb', body: 'line\nline\r\nline\u0001\u007f\u2028\u2029\ufeff' },
  numbers: { title: '007', owner: '1e3', category: 'true', body: 'null', priority: 1_000 },
  tags: { tags: Array.from({ length: 32 }, (_, index) => String.fromCodePoint(97 + (index % 26)).repeat(64)) },
  large: { body: 'é'.repeat(1_000_000) },
};

const oddContent: ConformanceCheck = {
  id: 'odd-content',
  group: 'documents',
  title: 'Large, empty and unusual documents are read back as written',
  run: async ({ engine, tenant, note }) => {
    const name = tenant('a');
    const documents = Object.entries(oddDocuments).map(([id, content]) => documentOf(name, id, content));
    const farAway = { ...documentOf(name, 'times'), createdAt: 0, updatedAt: Number.MAX_SAFE_INTEGER };
    for (const document of [...documents, farAway]) {
      await engine.insert(document, untimed);
      await mustHold(engine, document);
    }
    for (const [id, content] of Object.entries(oddDocuments)) {
      const { version, ...rest } = await engine.update({ tenant: name, id }, fields(content), 7, untimed);
      must(version === 2, () => `the update of ${id} gave version ${version}`);
      must(
        isDeepStrictEqual({ ...rest, version: 1, updatedAt: 1_000 }, documentOf(name, id, content)),
        () => `${id} was changed by its update`,
      );
    }
    const listed = await listAll(engine, name);
    must(listed.length === documents.length + 1, () => `the list has ${listed.length} of ${documents.length + 1}`);
    note(`Documents: ${[...Object.keys(oddDocuments), 'times'].join(', ')}; the largest has 2 MB.`);
  },
};

export const documentChecks = [readBack, uniqueKeys, versions, concurrentVersions, ownCopies, oddContent];
