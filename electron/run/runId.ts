import { randomBytes } from 'node:crypto';

/** An id for a run that sorts by time and can be read aloud: `20261123-055243-4f2a9c`. */
export function newRunId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(3).toString('hex')}`;
}
