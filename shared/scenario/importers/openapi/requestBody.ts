import { type FormPart, multipartForm, urlEncodedForm } from '../multipart';
import { type Dictionary, dictionaryAt, isDictionary, namedExample } from './document';
import type { Examples } from './openapiExamples';

/* Request bodies by media type (spec.openapis.org, Request Body and Media Type Object). */

/** A body with its `Content-Type`; undefined when the client sets it. */
export interface Body {
  body: string | Dictionary | unknown[];
  contentType: string | undefined;
}

const isJson = (type: string): boolean =>
  /^(?:(?:application|text)\/(?:[\w.-]+\+)?json|\*\/\*|application\/\*)(?:\s*;|$)/i.test(type);
const isForm = (type: string): boolean => /^application\/x-www-form-urlencoded/i.test(type);
const isMultipart = (type: string): boolean => /^multipart\//i.test(type);

/** Chooses one of several media types: JSON, then forms, then anything else. */
function choose(types: readonly string[]): string | undefined {
  return (
    types.find((type) => /^application\/json(?:\s*;|$)/i.test(type)) ??
    types.find(isJson) ??
    types.find(isForm) ??
    types.find(isMultipart) ??
    types[0]
  );
}

function plain(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/** Returns JSON in the form of a scenario: objects and lists as values, anything else as text. */
function jsonBody(value: unknown, type: string): Body {
  const contentType = /^application\/json$/i.test(type) || type.includes('*') ? undefined : type;
  if (Array.isArray(value) || isDictionary(value)) return { body: value, contentType };
  return { body: JSON.stringify(value), contentType: contentType ?? 'application/json' };
}

/** Returns the fields of a form. A list becomes one field for each of its values. */
function fieldsOf(value: unknown): [string, string][] {
  return Object.entries(isDictionary(value) ? value : {}).flatMap(([name, field]): [string, string][] =>
    Array.isArray(field) ? field.map((item) => [name, plain(item)]) : [[name, plain(field)]],
  );
}

/** Whether a property of a schema is a file. */
function isFile(root: unknown, schema: unknown, name: string): boolean {
  const { properties } = dictionaryAt(root, schema);
  const { format, contentMediaType, contentEncoding, items } = dictionaryAt(root, dictionaryAt(root, properties)[name]);
  if (format === 'binary' || contentMediaType !== undefined || contentEncoding !== undefined) return true;
  return dictionaryAt(root, items).format === 'binary';
}

/**
 * Returns the body of an operation from its example; undefined when it has none or none that is supported. What is lost
 * is noted.
 */
export function bodyOf(
  root: unknown,
  examples: Examples,
  requestBody: unknown,
  note: (text: string) => void,
): Body | undefined {
  const { content } = dictionaryAt(root, requestBody);
  const type = choose(Object.keys(isDictionary(content) ? content : {}));
  if (type === undefined || !isDictionary(content)) return undefined;
  const media = dictionaryAt(root, content[type]);
  const value = examples.within(() => {
    const own = namedExample(root, media);
    return own === undefined || own === null ? examples.of(media.schema) : examples.given(own);
  });
  if (value === undefined) return undefined;
  // A schema that cannot be followed has the example null.
  if (isJson(type) && value === null) {
    note(`A body of ${type} was left out, because nothing describes it: write it into the request.`);
    return undefined;
  }
  if (isJson(type)) return jsonBody(value, type);
  if (isForm(type))
    return { body: typeof value === 'string' ? value : urlEncodedForm(fieldsOf(value)), contentType: type };
  if (isMultipart(type)) {
    const parts = fieldsOf(value).map(([name, text]): FormPart => {
      if (!isFile(root, media.schema, name)) return { name, value: text };
      note(`The content of the file ${name} is not in the document: write it into the request.`);
      return { name, value: '', fileName: name };
    });
    return multipartForm(parts);
  }
  if (typeof value === 'string' && value !== '' && (/^text\//i.test(type) || namedExample(root, media) !== undefined))
    return { body: value, contentType: type };
  note(`Bodies of ${type} were left out: write them into the requests.`);
  return undefined;
}
