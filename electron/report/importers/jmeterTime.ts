import { UnreadableForm } from './importer';
import { parseDecimal, parseTimeMs } from './numbers';

/*
 * The times in a result log of JMeter: ms since 1970, or text in the format of
 * `jmeter.save.saveservice.timestamp_format` (a Java SimpleDateFormat). Most such formats have no time zone; then only
 * the time between samples is known.
 */

/** The time of a sample. */
export interface JmeterTime {
  /** In ms since 1970; a text without a time zone is read as UTC. Null where JMeter wrote 0 for "never". */
  ms: number | null;
  /** Whether the absolute time is known, and not only the time between samples. */
  isAbsolute: boolean;
  /** Whether it is a whole second, as in a format without milliseconds. */
  isWholeSecond: boolean;
}

/** Year first, with any punctuation; fraction and time zone are optional. */
const yearFirst =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T](\d{1,2}):(\d\d):(\d\d)(?:[.,:](\d{1,9}))?\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d\d)[ T](\d{1,2}):(\d\d):(\d\d)(?:[.,:](\d{1,9}))?$/;

const advice =
  'run JMeter with -Jjmeter.save.saveservice.timestamp_format=ms, or choose a format such as yyyy-MM-dd HH:mm:ss.SSS';

function two(text: string): string {
  return text.padStart(2, '0');
}

/** Parses the time of a sample. Throws `UnreadableForm` for a text that is not a time, or is ambiguous. */
export function parseJmeterTime(text: string): JmeterTime {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) {
    const ms = parseDecimal(trimmed);
    return { ms: ms === 0 ? null : ms, isAbsolute: true, isWholeSecond: false };
  }
  const [matched, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction, zone] =
    yearFirst.exec(trimmed) ?? [];
  if (matched !== undefined)
    return timeOf(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}`, fraction, zone);
  return timeOf(yearLastDate(trimmed), yearLast.exec(trimmed)?.[8], undefined);
}

/** Parses the date of `24.02.2024 07:42:21`. The numbers or the dots reveal which of the first two is the month. */
function yearLastDate(text: string): string {
  const [matched, first = '', between = '', second = '', year = '', hour = '', minute = '', seconds = ''] =
    yearLast.exec(text) ?? [];
  if (matched === undefined)
    throw new UnreadableForm(`has the time "${text.slice(0, 60)}", whose format is not known`, advice);
  const isDayFirst = Number(first) > 12 || between === '.';
  if (!isDayFirst && Number(second) <= 12 && first !== second)
    throw new UnreadableForm(`has the time "${text}", whose day and month are ambiguous`, advice);
  const [day, month] = isDayFirst ? [first, second] : [second, first];
  return `${year.padStart(4, '20')}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${seconds}`;
}

function timeOf(date: string, fraction: string | undefined, zone: string | undefined): JmeterTime {
  const isUtc = zone === undefined || zone === 'UTC' || zone === 'GMT';
  const ms = parseTimeMs(`${date}.${fraction ?? '0'}${isUtc ? 'Z' : zone}`);
  if (!Number.isFinite(ms)) throw new UnreadableForm(`has the time "${date}", which does not exist`, advice);
  return { ms, isAbsolute: zone !== undefined, isWholeSecond: fraction === undefined };
}
