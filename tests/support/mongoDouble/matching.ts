import type { Document } from 'bson';
import { CommandError } from './commandError';

type Comparable = string | number;

const operators: Record<string, (value: Comparable, operand: Comparable) => boolean> = {
  $eq: (value, operand) => value === operand,
  $gt: (value, operand) => value > operand,
  $gte: (value, operand) => value >= operand,
  $lt: (value, operand) => value < operand,
  $lte: (value, operand) => value <= operand,
};

function isOperators(condition: unknown): condition is Document {
  return (
    typeof condition === 'object' && condition !== null && Object.keys(condition).some((key) => key.startsWith('$'))
  );
}

/** Whether a document fulfils a filter of fields and comparisons. Throws for an operator that this double lacks. */
export function matches(document: Document, filter: Document): boolean {
  return Object.entries(filter).every(([field, condition]) => {
    const value = document[field];
    if (!isOperators(condition)) return value === condition;
    return Object.entries(condition).every(([name, operand]) => {
      const compare = operators[name];
      if (!compare) throw new CommandError(2, 'BadValue', `this test double has no ${name}`);
      return typeof value === typeof operand && compare(value, operand);
    });
  });
}

/** A document after an update of `$set` and `$inc`. */
export function updated(document: Document, update: Document): Document {
  const next = { ...document, ...update.$set };
  for (const [field, by] of Object.entries(update.$inc ?? {})) next[field] = Number(next[field] ?? 0) + Number(by);
  const unknown = Object.keys(update).find((name) => name !== '$set' && name !== '$inc');
  if (unknown !== undefined) throw new CommandError(9, 'FailedToParse', `this test double has no ${unknown}`);
  return next;
}

/** Orders documents by fields, 1 up and -1 down. */
export function bySort(sort: Document): (a: Document, b: Document) => number {
  return (a, b) => {
    for (const [field, direction] of Object.entries(sort)) {
      if (a[field] < b[field]) return -Number(direction);
      if (a[field] > b[field]) return Number(direction);
    }
    return 0;
  };
}
