import { z } from 'zod';
import { columnsSchema, fromColumns, isListOfRecords, toColumns } from './columns';
import { type Effort, pack, unpack } from './packing';

/** A document whose seconds are stored as columns; earlier versions of the history stored lists. */
const packedSchema = z.looseObject({ intervals: z.union([columnsSchema, z.array(z.unknown())]).optional() });

/** Packs a run document, or a result of another tool, as JSON with its seconds in columns. */
export function packDocument(document: object, effort: Effort): Buffer {
  const turned =
    'intervals' in document && isListOfRecords(document.intervals)
      ? { ...document, intervals: toColumns(document.intervals) }
      : document;
  return pack(JSON.stringify(turned), effort);
}

/** Returns the JSON value that {@link packDocument} of this or an earlier version packed. Throws on anything else. */
export function unpackDocument(packed: Uint8Array): Record<string, unknown> {
  const { intervals, ...document } = packedSchema.parse(JSON.parse(unpack(packed).toString('utf8')));
  if (intervals === undefined) return document;
  return { ...document, intervals: Array.isArray(intervals) ? intervals : fromColumns(intervals) };
}
