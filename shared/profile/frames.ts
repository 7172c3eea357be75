/** V8's name for idle time. */
export const idleName = '(idle)';
/** V8's name for the time of the garbage collector. */
export const gcName = '(garbage collector)';

/** Returns `file.js:12`, or an empty text without a source. `lineNumber` counts from 0. */
export function placeOf(url: string, lineNumber: number): string {
  const file = url.split('/').at(-1) ?? '';
  return file === '' ? '' : `${file}:${lineNumber + 1}`;
}
