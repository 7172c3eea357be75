import { isSensitiveName } from '../../../secrets/sensitive';

/** Longer values are documents, and shorter ones occur in two places by chance. */
const maxLength = 4_096;
const leastLength = 8;
/** Values that are named as a token or an id may be shorter. */
const leastNamedLength = 6;

const tokenName = /csrf|xsrf|nonce|ticket|state$|etag/i;
const idName = /(?:^|[_.-])(?:id|uuid|guid|key|ref)$|(?:Id|ID|Uuid|Key|Ref)$/;

/** Values that look the same in every source: dates, times, versions, languages, types, server addresses. */
const commonValues = [
  /^\d{4}-\d\d-\d\d(?:[T ]|$)/,
  /^1[5-9]\d{8}(?:\d{3})?(?:\.\d+)?$/,
  /^v?\d+(?:\.\d+)+$/,
  /^[a-z]+\/[\w.+-]+(?:;|$)/i,
  /^(?:https?|wss?|data|blob):/i,
  /^(\d)\1*$/,
];

/**
 * Whether a value is so distinctive that a client that sends it must have it from this response. It is long enough, has
 * a digit or mixed case, and is not a common value. `name` is its name in the response.
 */
export function isTelling(value: string, name: string): boolean {
  const isNamed = tokenName.test(name) || idName.test(name) || isSensitiveName(name);
  if (value.length < (isNamed ? leastNamedLength : leastLength) || value.length > maxLength) return false;
  if (/\s/.test(value) || commonValues.some((common) => common.test(value))) return false;
  // A number alone may be an amount, a size or a position.
  if (/^[-+]?\d+(?:\.\d+)?$/.test(value)) return isNamed;
  if (/\d/.test(value)) return true;
  return (
    value.length >= 16 && /[a-z]/.test(value) && /[A-Z]/.test(value) && !/^[A-Z]?[a-z]+(?:[A-Z][a-z]+)*$/.test(value)
  );
}
