import { highestTrackableUs } from '../../shared/statistics/latencyHistogram';
import type { SeenTexts } from './http/seenTexts';

/** Receives a metric. */
export type TimingVisitor = (name: string, durationUs: number) => void;

const comma = 0x2c;
const semicolon = 0x3b;
const equals = 0x3d;
const quote = 0x22;
const backslash = 0x5c;
const dot = 0x2e;

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The characters of an HTTP token (RFC 9110, 5.6.2). */
function isToken(code: number): boolean {
  if (isDigit(code) || (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) return true;
  return code < 0x7f && "!#$%&'*+-.^_`|~".includes(String.fromCharCode(code));
}

/** The position after the blanks that begin at `from`. */
function skipSpace(bytes: Buffer, from: number, to: number): number {
  let position = from;
  while (position < to && isSpace(bytes[position] ?? 0)) position += 1;
  return position;
}

/** The position of the next comma or semicolon outside quotes, or the end of the header if there is none. */
function endOfParameter(bytes: Buffer, from: number, to: number): number {
  let quoted = false;
  for (let position = from; position < to; position += 1) {
    const code = bytes[position] ?? 0;
    if (code === quote) quoted = !quoted;
    else if (quoted && code === backslash) position += 1;
    else if (!quoted && (code === comma || code === semicolon)) return position;
  }
  return to;
}

const noDuration = -1;

/**
 * Parses a duration of digits with at most one decimal point, optionally in quotes, into whole microseconds; {@link
 * noDuration} if it is not one. The result is a whole number, because a fraction that is passed between functions is
 * allocated each time.
 */
function durationUsIn(bytes: Buffer, from: number, to: number): number {
  let position = skipSpace(bytes, from, to);
  if (position < to && bytes[position] === quote) position += 1;
  let whole = 0;
  let divisor = 0;
  let digits = 0;
  for (; position < to; position += 1) {
    const code = bytes[position] ?? 0;
    if (isDigit(code)) {
      whole = whole * 10 + (code - 0x30);
      divisor *= 10;
      digits += 1;
    } else if (code === dot && divisor === 0) divisor = 1;
    else if (isSpace(code) || code === quote) break;
    else return noDuration;
  }
  if (digits === 0) return noDuration;
  const durationUs = (whole / Math.max(1, divisor)) * 1000;
  return Math.min(durationUs + 0.5, highestTrackableUs) | 0;
}

function lower(code: number | undefined): number {
  return (code ?? 0) | 0x20;
}

/** Whether `dur` stands at a position, in any case. */
function isDuration(bytes: Buffer, from: number, to: number): boolean {
  if (from + 3 > to) return false;
  return lower(bytes[from]) === 0x64 && lower(bytes[from + 1]) === 0x75 && lower(bytes[from + 2]) === 0x72;
}

/**
 * Visits the metrics of a `Server-Timing` header, `bytes[from..to)`, that have a duration (W3C Server Timing), in whole
 * microseconds and at most {@link highestTrackableUs}. `names` keeps the names, so that nothing is allocated per
 * response.
 */
export function visitServerTiming(
  bytes: Buffer,
  from: number,
  to: number,
  names: SeenTexts,
  visit: TimingVisitor,
): void {
  let position = from;
  while (position < to) {
    const nameFrom = skipSpace(bytes, position, to);
    let nameTo = nameFrom;
    while (nameTo < to && isToken(bytes[nameTo] ?? 0)) nameTo += 1;
    let end = endOfParameter(bytes, nameTo, to);
    let durationUs = noDuration;
    while (end < to && bytes[end] === semicolon) {
      const parameterFrom = skipSpace(bytes, end + 1, to);
      end = endOfParameter(bytes, parameterFrom, to);
      if (!isDuration(bytes, parameterFrom, to)) continue;
      const valueFrom = skipSpace(bytes, parameterFrom + 3, to);
      if (valueFrom < to && bytes[valueFrom] === equals && durationUs === noDuration)
        durationUs = durationUsIn(bytes, valueFrom + 1, end);
    }
    if (nameTo > nameFrom && durationUs !== noDuration) visit(names.of(bytes, nameFrom, nameTo), durationUs);
    position = end + 1;
  }
}
