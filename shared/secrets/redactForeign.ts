import { printableLine } from '../text/printable';
import { redactText } from './redact';

function tidy(text: string): string {
  return redactText(printableLine(text));
}

/**
 * Sanitises JSON from another user's file. Every text, including keys, is put on one line, without terminal control
 * characters and without secrets in URLs and credentials. Keys are cut after `maxKeyLength` characters; keys that
 * become equal get a number.
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
