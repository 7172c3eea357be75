import { type Random, seededStream } from '../statistics/random';
import { type Document, type DocumentFields, type DocumentStatus, documentStatuses } from './document';

/** The size of the seeded data set. */
export interface DatasetSize {
  tenants: number;
  documentsPerTenant: number;
  /** The approximate size of a document as JSON. */
  documentBytes: number;
}

/** The average size of a document as JSON without its body text, in bytes. */
const envelopeBytes = 223;
const seededAtMs = Date.UTC(2026, 0, 1);
const words =
  'load proof cache commit index query latency schedule tenant document version record steady arrival stage'.split(' ');

/** Returns the name of a tenant by its number. */
export function tenantName(tenant: number): string {
  return `t${String(tenant).padStart(2, '0')}`;
}

/** Returns the id of a seeded document by its number within its tenant. */
export function documentId(index: number): string {
  return `d${String(index).padStart(5, '0')}`;
}

function pick<T>(items: readonly [T, ...T[]], random: Random): T {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** Returns a body text for a document of about `documentBytes` bytes as JSON. */
export function bodyText(documentBytes: number, random: Random): string {
  const length = Math.max(1, documentBytes - envelopeBytes);
  let text = '';
  while (text.length < length) text += `${words[Math.floor(random() * words.length)]} `;
  return text.slice(0, length);
}

function seededFields(size: DatasetSize, title: string, random: Random): DocumentFields {
  return {
    status: randomStatus(random),
    title,
    owner: `owner-${Math.floor(random() * 50)}`,
    category: pick(['contract', 'invoice', 'report'], random),
    priority: Math.floor(random() * 5),
    tags: [`tag-${Math.floor(random() * 20)}`, `tag-${20 + Math.floor(random() * 20)}`],
    body: bodyText(size.documentBytes, random),
  };
}

/** Returns a random status, each with equal probability. */
export function randomStatus(random: Random): DocumentStatus {
  return pick(documentStatuses, random);
}

/** Yields the seeded data set. The same seed and size give the same documents everywhere. */
export function* seededDocuments(size: DatasetSize, seed: number): Generator<Document> {
  const random = seededStream(seed, 'dataset');
  for (let tenant = 0; tenant < size.tenants; tenant += 1) {
    for (let index = 0; index < size.documentsPerTenant; index += 1) {
      yield {
        tenant: tenantName(tenant),
        id: documentId(index),
        ...seededFields(size, `seed ${tenant}/${index}`, random),
        version: 1,
        createdAt: seededAtMs,
        updatedAt: seededAtMs,
      };
    }
  }
}
