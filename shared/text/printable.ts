/*
 * Text from files and servers may contain terminal control characters, which move the cursor, overwrite earlier output,
 * or reverse the order of letters.
 */

/**
 * C0 without tab and line feed, a carriage return without a line feed, DEL, C1, and bidirectional marks (Unicode 15.1,
 * UAX #9).
 */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]|\r(?!\n)/g;
const lineEnds = /[\r\n\t\u0085\u2028\u2029]+/g;

/** Removes the characters that control terminals and editors from a text of several lines. */
export function printable(text: string): string {
  return text.replace(controls, '');
}

/**
 * Returns a text on one line without these characters. It is for names, which must not look like lines of Proofload's
 * output.
 */
export function printableLine(text: string): string {
  return printable(text.replace(lineEnds, ' '));
}

/** Returns JSON with these characters escaped, which is the same value. */
export function printableJson(json: string): string {
  return json
    .replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
