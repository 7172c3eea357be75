import { randomBytes } from 'node:crypto';

/** Returns an id for a run that sorts by time and can be read aloud: `20261123-055243-4f2a9c`. */
export function newRunId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(3).toString('hex')}`;
}

/** Whether a text is an id as {@link newRunId} makes it. Any other text could lead out of a folder. */
export function isRunId(text: string): boolean {
  return /^[0-9]{8}-[0-9]{6}-[0-9a-f]{6}$/.test(text);
}
