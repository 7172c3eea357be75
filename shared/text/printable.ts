/*
 * What comes from files and servers may hold characters that terminals obey: they move the cursor, change what was
 * printed before, or turn the order of letters around.
 */

/** C0 without tab and line feed, a carriage return that ends no line, DEL, C1, and marks that change the direction (Unicode 15.1, UAX #9). */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]|\r(?!\n)/g;
const lineEnds = /[\r\n\t\u0085\u2028\u2029]+/g;

/** A text of several lines without what terminals and editors obey. */
export function printable(text: string): string {
  return text.replace(controls, '');
}

/** The same on one line: for a name, which must not look like a line of ours. */
export function printableLine(text: string): string {
  return printable(text.replace(lineEnds, ' '));
}

/** JSON in which such characters are escapes: it is the same value. */
export function printableJson(json: string): string {
  return json
    .replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
