/** What V8's profiler calls the time in which nothing ran. */
export const idleName = '(idle)';
/** What V8's profiler calls the time of the garbage collector. */
export const gcName = '(garbage collector)';

/** `file.js:12`, or nothing for what has no source. `lineNumber` counts from 0. */
export function placeOf(url: string, lineNumber: number): string {
  const file = url.split('/').at(-1) ?? '';
  return file === '' ? '' : `${file}:${lineNumber + 1}`;
}
