import { isDeepStrictEqual } from 'node:util';
import { Ajv, type AnySchemaObject, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';
import type { Check, StatusRange } from '../../../shared/scenario/journeys';
import { hide } from '../../../shared/secrets/redact';
import { replaceInHeader, replaceInJson } from '../../../shared/secrets/replaceSecrets';
import type { Answer } from './answer';
import { compileJsonPath } from './jsonPath';
import { compilePattern, type LinearPattern } from './patterns';

/** Describes what the response had instead of the expected value. Called only when the description is needed. */
export type Found = () => string;

/** Runs a check. Returns undefined when it passes. */
type CheckTest = (answer: Answer) => Found | undefined;

/** A compiled check. */
export interface CompiledCheck {
  /**
   * The failure kind under which failures of the check count. A failed status check counts under the status instead.
   */
  failureKind: string;
  needsBody: boolean;
  /** Returns what the response had instead, or undefined when the check passes. */
  test: CheckTest;
  /**
   * What the response has in the place that is checked, whether or not the check passes. What looks like a secret is
   * hidden.
   */
  actual(answer: Answer): string;
}

type Judged = Pick<CompiledCheck, 'test' | 'actual'>;

const maxShownLength = 100;

/** Formats a value for an example. Hides what looks like a secret, by its name or by itself. */
function shown(value: unknown, name = ''): string {
  const [told] = Object.values(Object(replaceInJson({ [name]: value }, hide)));
  const text = JSON.stringify(told) ?? 'nothing';
  return text.length > maxShownLength ? `${text.slice(0, maxShownLength)}...` : text;
}

/** Returns a function that tells whether a status is one of the given ones. */
export function statusMatcher(status: StatusRange | readonly StatusRange[]): (status: number) => boolean {
  const ranges = (Array.isArray(status) ? status : [status]).map((range: StatusRange) =>
    typeof range === 'number' ? { min: range, max: range } : range,
  );
  return (actual) => ranges.some(({ min, max }) => actual >= min && actual <= max);
}

function headerCheck(check: Extract<Check, { header: string }>): Judged {
  const { header, exists, equals, contains, matches } = check;
  const pattern = matches === undefined ? undefined : compilePattern(matches);
  const isRight = (value: string | undefined): boolean =>
    value === undefined || exists === false
      ? value === undefined && exists === false
      : (equals === undefined || value === equals) &&
        (contains === undefined || value.includes(contains)) &&
        (pattern === undefined || pattern.test(value));
  const actual = (answer: Answer): string => {
    const value = answer.header(header);
    return value === undefined
      ? `there is no ${header}`
      : `${header} is ${shown(replaceInHeader(header, value, hide))}`;
  };
  return {
    actual,
    test: (answer) => (isRight(answer.header(header)) ? undefined : () => actual(answer)),
  };
}

function bodyCheck(isRight: (text: string) => boolean): Judged {
  const actual = (answer: Answer): string => {
    const text = answer.text();
    if ('problem' in text) return text.problem;
    return isRight(text.value) ? 'the body matches' : 'the body does not match';
  };
  return {
    actual,
    test: (answer) => {
      const text = answer.text();
      return 'value' in text && isRight(text.value) ? undefined : () => actual(answer);
    },
  };
}

function jsonPathCheck({ jsonPath, exists, equals }: Extract<Check, { jsonPath: string }>): Judged {
  const query = compileJsonPath(jsonPath);
  const actual = (answer: Answer): string => {
    const json = answer.json();
    if ('problem' in json) return json.problem;
    const found = query.first(json.value);
    return found ? `${jsonPath} is ${shown(found.value, found.name)}` : `there is no ${jsonPath}`;
  };
  const isRight = (answer: Answer): boolean => {
    const json = answer.json();
    if ('problem' in json) return false;
    const found = query.first(json.value);
    if (!found) return exists === false;
    return exists !== false && (equals === undefined || isDeepStrictEqual(found.value, equals));
  };
  return { actual, test: (answer) => (isRight(answer) ? undefined : () => actual(answer)) };
}

/**
 * The patterns of a schema run on the service's responses, so they must take linear time too. Ajv identifies a pattern
 * by its text.
 */
function schemaPattern(source: string): Pick<LinearPattern, 'test'> & { toString(): string } {
  const { test } = compilePattern(source);
  return { test, toString: () => source };
}

const schemaOptions: Options = {
  strict: false,
  validateFormats: false,
  logger: false,
  code: { regExp: Object.assign(schemaPattern, { code: 'schemaPattern' }) },
};

function jsonSchemaCheck({ jsonSchema }: Extract<Check, { jsonSchema: unknown }>): Judged {
  const schema: AnySchemaObject | boolean = jsonSchema;
  const dialect = typeof schema === 'object' ? String(schema.$schema ?? '') : '';
  const ajv = /draft-0[67]/.test(dialect) ? new Ajv(schemaOptions) : new Ajv2020(schemaOptions);
  const validate = ajv.compile(schema);
  const test: CheckTest = (answer) => {
    const json = answer.json();
    if ('problem' in json) return () => json.problem;
    if (validate(json.value)) return undefined;
    const [error] = validate.errors ?? [];
    return () => `${error?.instancePath || 'the document'} ${error?.message ?? 'does not match'}`;
  };
  return { test, actual: (answer) => test(answer)?.() ?? 'the body matches' };
}

/** Compiles a check. Throws Error for an invalid pattern, JSONPath or JSON schema. */
export function compileCheck(check: Check): CompiledCheck {
  if ('status' in check) {
    const isRight = statusMatcher(check.status);
    const actual = ({ status }: Answer): string => `the status is ${status}`;
    return {
      failureKind: 'check-status',
      needsBody: false,
      actual,
      test: (answer) => (isRight(answer.status) ? undefined : () => actual(answer)),
    };
  }
  if ('header' in check) return { failureKind: 'check-header', needsBody: false, ...headerCheck(check) };
  if ('bodyContains' in check) {
    const { bodyContains } = check;
    return { failureKind: 'check-body', needsBody: true, ...bodyCheck((text) => text.includes(bodyContains)) };
  }
  if ('bodyMatches' in check) {
    const pattern = compilePattern(check.bodyMatches);
    return { failureKind: 'check-body', needsBody: true, ...bodyCheck((text) => pattern.test(text)) };
  }
  if ('jsonPath' in check) return { failureKind: 'check-json-path', needsBody: true, ...jsonPathCheck(check) };
  if ('jsonSchema' in check) return { failureKind: 'check-json-schema', needsBody: true, ...jsonSchemaCheck(check) };
  const { maxBodyBytes } = check;
  const actual = ({ bodyBytes }: Answer): string => `the body has ${bodyBytes} bytes`;
  return {
    failureKind: 'check-body-size',
    needsBody: false,
    actual,
    test: (answer) => (answer.bodyBytes <= maxBodyBytes ? undefined : () => actual(answer)),
  };
}
