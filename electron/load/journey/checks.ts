import { isDeepStrictEqual } from 'node:util';
import { Ajv, type AnySchemaObject, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';
import type { Check, StatusRange } from '../../../shared/scenario/journeys';
import { hide } from '../../../shared/secrets/redact';
import { replaceInHeader, replaceInJson } from '../../../shared/secrets/replaceSecrets';
import type { Answer } from './answer';
import { compileJsonPath } from './jsonPath';
import { compilePattern, type LinearPattern } from './patterns';

/** What there was in the place of what was asked for; worked out where it is wanted. */
export type Found = () => string;

/** Makes a check; undefined where it holds. */
type CheckTest = (answer: Answer) => Found | undefined;

/** A check, ready to be made. */
export interface CompiledCheck {
  /** Under which failures of it are counted. Of a status it is the status itself. */
  failureKind: string;
  needsBody: boolean;
  /** What there was instead; undefined where it holds. */
  test: CheckTest;
}

const maxShownLength = 100;

/** A value as an example shows it, without what looks like a secret by its name or by itself. */
function shown(value: unknown, name = ''): string {
  const [told] = Object.values(Object(replaceInJson({ [name]: value }, hide)));
  const text = JSON.stringify(told) ?? 'nothing';
  return text.length > maxShownLength ? `${text.slice(0, maxShownLength)}...` : text;
}

/** Whether a status is one of those that are named. */
export function statusMatcher(status: StatusRange | readonly StatusRange[]): (status: number) => boolean {
  const ranges = (Array.isArray(status) ? status : [status]).map((range: StatusRange) =>
    typeof range === 'number' ? { min: range, max: range } : range,
  );
  return (actual) => ranges.some(({ min, max }) => actual >= min && actual <= max);
}

function headerTest(check: Extract<Check, { header: string }>): CheckTest {
  const { header, exists, equals, contains, matches } = check;
  const pattern = matches === undefined ? undefined : compilePattern(matches);
  const is =
    (value: string): Found =>
    () =>
      `${header} is ${shown(replaceInHeader(header, value, hide))}`;
  return (answer) => {
    const value = answer.header(header);
    if (exists === false) return value === undefined ? undefined : is(value);
    if (value === undefined) return () => `there is no ${header}`;
    const isRight =
      (equals === undefined || value === equals) &&
      (contains === undefined || value.includes(contains)) &&
      (pattern === undefined || pattern.test(value));
    return isRight ? undefined : is(value);
  };
}

function bodyTest(isRight: (text: string) => boolean): CheckTest {
  return (answer) => {
    const text = answer.text();
    if ('problem' in text) return () => text.problem;
    return isRight(text.value) ? undefined : () => 'the body is otherwise';
  };
}

function jsonPathTest({ jsonPath, exists, equals }: Extract<Check, { jsonPath: string }>): CheckTest {
  const query = compileJsonPath(jsonPath);
  return (answer) => {
    const json = answer.json();
    if ('problem' in json) return () => json.problem;
    const found = query.first(json.value);
    if (!found) return exists === false ? undefined : () => `there is no ${jsonPath}`;
    const isRight = exists !== false && (equals === undefined || isDeepStrictEqual(found.value, equals));
    return isRight ? undefined : () => `${jsonPath} is ${shown(found.value, found.name)}`;
  };
}

/** Patterns of a schema meet what the service answers: they are linear as well. Ajv tells them apart by their text. */
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

function jsonSchemaTest({ jsonSchema }: Extract<Check, { jsonSchema: unknown }>): CheckTest {
  const schema: AnySchemaObject | boolean = jsonSchema;
  const dialect = typeof schema === 'object' ? String(schema.$schema ?? '') : '';
  const ajv = /draft-0[67]/.test(dialect) ? new Ajv(schemaOptions) : new Ajv2020(schemaOptions);
  const validate = ajv.compile(schema);
  return (answer) => {
    const json = answer.json();
    if ('problem' in json) return () => json.problem;
    if (validate(json.value)) return undefined;
    const [error] = validate.errors ?? [];
    return () => `${error?.instancePath || 'the document'} ${error?.message ?? 'is otherwise'}`;
  };
}

/** Compiles a check. Throws Error for a pattern, a JSONPath or a JSON schema that is wrong. */
export function compileCheck(check: Check): CompiledCheck {
  if ('status' in check) {
    const isRight = statusMatcher(check.status);
    return {
      failureKind: 'check-status',
      needsBody: false,
      test: ({ status }) => (isRight(status) ? undefined : () => `the status is ${status}`),
    };
  }
  if ('header' in check) return { failureKind: 'check-header', needsBody: false, test: headerTest(check) };
  if ('bodyContains' in check) {
    const { bodyContains } = check;
    return { failureKind: 'check-body', needsBody: true, test: bodyTest((text) => text.includes(bodyContains)) };
  }
  if ('bodyMatches' in check) {
    const pattern = compilePattern(check.bodyMatches);
    return { failureKind: 'check-body', needsBody: true, test: bodyTest((text) => pattern.test(text)) };
  }
  if ('jsonPath' in check) return { failureKind: 'check-json-path', needsBody: true, test: jsonPathTest(check) };
  if ('jsonSchema' in check) return { failureKind: 'check-json-schema', needsBody: true, test: jsonSchemaTest(check) };
  const { maxBodyBytes } = check;
  return {
    failureKind: 'check-body-size',
    needsBody: false,
    test: ({ bodyBytes }) => (bodyBytes <= maxBodyBytes ? undefined : () => `the body has ${bodyBytes} bytes`),
  };
}
