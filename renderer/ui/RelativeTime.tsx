import { useSyncExternalStore } from 'react';
import { formatAge, formatTime } from '../../shared/units/format';

/** So often an age is looked at anew, in ms: it is told in minutes at least. */
const refreshMs = 30_000;

function everyHalfMinute(onChange: () => void): () => void {
  const timer = setInterval(onChange, refreshMs);
  return () => clearInterval(timer);
}

function halfMinute(): number {
  return Math.floor(Date.now() / refreshMs);
}

/** How long ago a moment is, with the exact time under the pointer. Takes an ISO 8601 text. */
export function RelativeTime({ at }: { at: string }) {
  // What it returns is of no use but that another value has the age looked at anew.
  useSyncExternalStore(everyHalfMinute, halfMinute, halfMinute);
  return (
    <time dateTime={at} title={formatTime(at)}>
      {formatAge(at, Date.now())}
    </time>
  );
}
