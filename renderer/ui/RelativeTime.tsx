import { useSyncExternalStore } from 'react';
import { formatAge, formatTime } from '../../shared/units/format';

/** How often an age is updated, in ms. Ages are shown in minutes or longer units. */
const refreshMs = 30_000;

function everyHalfMinute(onChange: () => void): () => void {
  const timer = setInterval(onChange, refreshMs);
  return () => clearInterval(timer);
}

function halfMinute(): number {
  return Math.floor(Date.now() / refreshMs);
}

/** The age of a moment, with the exact time as a tooltip. Takes an ISO 8601 text. */
export function RelativeTime({ at }: { at: string }) {
  // The returned value is not used. A new value only triggers a new rendering of the age.
  useSyncExternalStore(everyHalfMinute, halfMinute, halfMinute);
  return (
    <time dateTime={at} title={formatTime(at)}>
      {formatAge(at, Date.now())}
    </time>
  );
}
