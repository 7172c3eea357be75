import { printableLine } from '../text/printable';
import { redactText } from './redact';

function tidy(text: string): string {
  return redactText(printableLine(text));
}

/**
 * JSON of a file that others have made, with every text in it, keys included, on one line, without what terminals obey,
 * and without the secrets in URLs and credentials. Keys are cut after `maxKeyLength` characters; those that become the
 * same are told apart by a number.
 */
export function redactForeign(value: unknown, maxKeyLength = 200): unknown {
  if (typeof value === 'string') return tidy(value);
  if (Array.isArray(value)) return value.map((item) => redactForeign(item, maxKeyLength));
  if (typeof value !== 'object' || value === null) return value;
  const tidied = new Map<string, unknown>();
  for (const [key, item] of Object.entries(value)) {
    const name = tidy(key).slice(0, maxKeyLength);
    let free = name;
    for (let number = 2; tidied.has(free); number += 1) {
      const mark = ` (${number})`;
      free = `${name.slice(0, maxKeyLength - mark.length)}${mark}`;
    }
    tidied.set(free, redactForeign(item, maxKeyLength));
  }
  return Object.fromEntries(tidied);
}
