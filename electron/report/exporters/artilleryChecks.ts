import type { Check, Extraction, RequestStep } from '../../../shared/scenario/journeys';
import { checkName } from '../../../shared/scenario/steps';
import { placeOf } from './jsonPlace';

/*
 * The checks and extractions of a step for Artillery 2.0.34. Its plugin `expect` checks the status, the headers and
 * whether a member of JSON exists. `match` and `capture` check the body. A failed `match` or `capture` ends the flow of
 * the virtual user.
 */

type Spec = Record<string, unknown>;

/** The checks and extractions of a step, and a sentence for each one that Artillery does not support. */
export interface ArtilleryAsks {
  expect: Spec[];
  match: Spec[];
  capture: Spec[];
  lost: string[];
}

/** A check in one of the three forms; undefined where Artillery has no equivalent. */
type Written = Partial<Record<'expect' | 'match' | 'capture', Spec>> | undefined;

function statusesOf(status: Extract<Check, { status: unknown }>['status']): number[] {
  return [status].flat().flatMap((range) => {
    if (typeof range === 'number') return [range];
    return Array.from({ length: range.max - range.min + 1 }, (_, index) => range.min + index);
  });
}

function headerCheck({ header, exists, equals, contains, matches }: Extract<Check, { header: string }>): Written {
  if (exists === false || contains !== undefined || matches !== undefined) return undefined;
  const name = header.toLowerCase();
  return { expect: equals === undefined ? { hasHeader: name } : { headerEquals: [name, equals] } };
}

function jsonCheck({ jsonPath, exists, equals }: Extract<Check, { jsonPath: string }>, isEnd: boolean): Written {
  const place = placeOf(jsonPath);
  if (!place || place.length === 0) return undefined;
  const member = place.map((key) => (typeof key === 'number' ? `[${key}]` : `["${key}"]`)).join('');
  if (equals === undefined) return { expect: exists === false ? { notHasProperty: member } : { hasProperty: member } };
  const isPlain = equals !== null && typeof equals !== 'object';
  return isEnd && isPlain ? { match: { json: jsonPath, value: equals } } : undefined;
}

/** Checks a pattern with a capture, which sees the raw body: the plugin `expect` would search the parsed JSON. */
function bodyCheck(regexp: string, as: string, isEnd: boolean): Written {
  return isEnd ? { capture: { regexp, as } } : undefined;
}

function written(check: Check, as: string, isEnd: boolean): Written {
  if ('status' in check) return { expect: { statusCode: statusesOf(check.status) } };
  if ('header' in check) return headerCheck(check);
  if ('jsonPath' in check) return jsonCheck(check, isEnd);
  if ('bodyContains' in check) return bodyCheck(check.bodyContains.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), as, isEnd);
  if ('bodyMatches' in check) return bodyCheck(check.bodyMatches, as, isEnd);
  return undefined;
}

/**
 * A check whose outcome Artillery reports. `at` is its index among the expectations, its JSONPath or the name of its
 * capture.
 */
export interface WrittenCheck {
  name: string;
  kind: 'expect' | 'match' | 'capture';
  at: string;
}

/** The name under which the outcome of a check is captured. */
function captureName(index: number): string {
  return `proofloadCheck${index + 1}`;
}

/** Returns the checks of a step that Artillery can carry out. */
export function writtenChecks({ checks, onFailure }: Pick<RequestStep, 'checks' | 'onFailure'>): WrittenCheck[] {
  let expectations = 0;
  return checks.flatMap((check, index): WrittenCheck[] => {
    const name = checkName(check);
    const { expect, match, capture } = written(check, captureName(index), onFailure === 'end') ?? {};
    if (match) return [{ name, kind: 'match', at: String(match.json) }];
    if (capture) return [{ name, kind: 'capture', at: captureName(index) }];
    if (!expect) return [];
    expectations += 1;
    return [{ name, kind: 'expect', at: String(expectations - 1) }];
  });
}

/**
 * Makes named groups anonymous: in a pattern with names, Artillery finds no group by its number. Undefined for a
 * pattern that refers back to a group by its name.
 */
function withoutNames(pattern: string): string | undefined {
  return /\\k</.test(pattern) ? undefined : pattern.replace(/\(\?<([A-Za-z_$][\w$]*)>/g, '(');
}

function groupsIn(pattern: string): number {
  return (new RegExp(`${pattern}|`).exec('')?.length ?? 1) - 1;
}

function captureOf(extraction: Extraction): Spec | undefined {
  if ('jsonPath' in extraction) return placeOf(extraction.jsonPath) && { json: extraction.jsonPath };
  if ('header' in extraction) return { header: extraction.header.toLowerCase() };
  if (!('regex' in extraction)) return undefined;
  const regexp = withoutNames(extraction.regex);
  if (regexp === undefined) return undefined;
  const group = extraction.group ?? Math.min(1, groupsIn(regexp));
  return group === 0 ? { regexp } : { regexp, group };
}

/** Returns the checks and extractions of a step that is counted as `operation`. */
export function artilleryAsks(
  { checks, extract, onFailure }: Pick<RequestStep, 'checks' | 'extract' | 'onFailure'>,
  operation: string,
): ArtilleryAsks {
  const isEnd = onFailure === 'end';
  const asks: ArtilleryAsks = { expect: [], match: [], capture: [], lost: [] };
  for (const [index, check] of checks.entries()) {
    const { expect, match, capture } = written(check, captureName(index), isEnd) ?? {};
    if (expect) asks.expect.push(expect);
    else if (match) asks.match.push(match);
    else if (capture) asks.capture.push(capture);
    else asks.lost.push(`The check "${checkName(check)}" of ${operation} is left out: Artillery has nothing like it.`);
  }
  for (const [variable, extraction] of Object.entries(extract)) {
    const capture = captureOf(extraction);
    if (capture) asks.capture.push({ ...capture, as: variable, ...(isEnd ? {} : { strict: false }) });
    else
      asks.lost.push(
        `The extraction of ${variable} in ${operation} is left out: Artillery captures members of JSON, headers and patterns. Where {{${variable}}} stands, nothing is filled in.`,
      );
  }
  return asks;
}
