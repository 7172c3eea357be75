import { highestTrackableUs } from '../../shared/statistics/latencyHistogram';

/** Receives a metric. Its name is given by its position in the header, so that nothing is copied. */
export type TimingVisitor = (header: string, nameFrom: number, nameTo: number, durationUs: number) => void;

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
function skipSpace(header: string, from: number): number {
  let position = from;
  while (position < header.length && isSpace(header.charCodeAt(position))) position += 1;
  return position;
}

/** The position of the next comma or semicolon outside quotes, or the end of the header if there is none. */
function endOfParameter(header: string, from: number): number {
  let quoted = false;
  for (let position = from; position < header.length; position += 1) {
    const code = header.charCodeAt(position);
    if (code === quote) quoted = !quoted;
    else if (quoted && code === backslash) position += 1;
    else if (!quoted && (code === comma || code === semicolon)) return position;
  }
  return header.length;
}

const noDuration = -1;

/**
 * Parses a duration of digits with at most one decimal point, optionally in quotes, into whole microseconds; {@link
 * noDuration} if it is not one. The result is a whole number, because a fraction that is passed between functions is
 * allocated each time.
 */
function durationUsIn(header: string, from: number, to: number): number {
  let position = skipSpace(header, from);
  if (header.charCodeAt(position) === quote) position += 1;
  let whole = 0;
  let divisor = 0;
  let digits = 0;
  for (; position < to; position += 1) {
    const code = header.charCodeAt(position);
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

function isDuration(header: string, from: number): boolean {
  return header.startsWith('dur', from) || header.startsWith('DUR', from) || header.startsWith('Dur', from);
}

/**
 * Visits the metrics of a `Server-Timing` header (W3C Server Timing) that have a duration, in whole microseconds and at
 * most {@link highestTrackableUs}. It uses no regular expressions, so that nothing is allocated per response.
 */
export function visitServerTiming(header: string, visit: TimingVisitor): void {
  let position = 0;
  while (position < header.length) {
    const nameFrom = skipSpace(header, position);
    let nameTo = nameFrom;
    while (nameTo < header.length && isToken(header.charCodeAt(nameTo))) nameTo += 1;
    let end = endOfParameter(header, nameTo);
    let durationUs = noDuration;
    while (header.charCodeAt(end) === semicolon) {
      const parameterFrom = skipSpace(header, end + 1);
      end = endOfParameter(header, parameterFrom);
      if (!isDuration(header, parameterFrom)) continue;
      const valueFrom = skipSpace(header, parameterFrom + 3);
      if (header.charCodeAt(valueFrom) === equals && durationUs === noDuration)
        durationUs = durationUsIn(header, valueFrom + 1, end);
    }
    if (nameTo > nameFrom && durationUs !== noDuration) visit(header, nameFrom, nameTo, durationUs);
    position = end + 1;
  }
}
