import { z } from 'zod';
import { columnsSchema, fromColumns, isListOfRecords, toColumns } from './columns';
import { type Effort, pack, unpack } from './packing';

/** The seconds of a document as columns; those of earlier versions of the history are lists. */
const packedSchema = z.looseObject({ intervals: z.union([columnsSchema, z.array(z.unknown())]).optional() });

/** A run document, or the result of another tool, as it is kept: JSON with its seconds in columns, packed. */
export function packDocument(document: object, effort: Effort): Buffer {
  const turned =
    'intervals' in document && isListOfRecords(document.intervals)
      ? { ...document, intervals: toColumns(document.intervals) }
      : document;
  return pack(JSON.stringify(turned), effort);
}

/** The JSON value that {@link packDocument} of this version or an earlier one was given. Throws on anything else. */
export function unpackDocument(packed: Uint8Array): Record<string, unknown> {
  const { intervals, ...document } = packedSchema.parse(JSON.parse(unpack(packed).toString('utf8')));
  if (intervals === undefined) return document;
  return { ...document, intervals: Array.isArray(intervals) ? intervals : fromColumns(intervals) };
}
