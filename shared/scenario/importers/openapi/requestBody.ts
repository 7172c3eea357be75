import { type FormPart, multipartForm, urlEncodedForm } from '../multipart';
import { type Dictionary, dictionaryAt, isDictionary, namedExample } from './document';
import type { Examples } from './openapiExamples';

/* Bodies of requests by their media types (spec.openapis.org, Request Body and Media Type Object). */

/** A body with its `Content-Type`; undefined type where the client names it. */
export interface Body {
  body: string | Dictionary | unknown[];
  contentType: string | undefined;
}

const isJson = (type: string): boolean =>
  /^(?:(?:application|text)\/(?:[\w.-]+\+)?json|\*\/\*|application\/\*)(?:\s*;|$)/i.test(type);
const isForm = (type: string): boolean => /^application\/x-www-form-urlencoded/i.test(type);
const isMultipart = (type: string): boolean => /^multipart\//i.test(type);

/** The media type that is taken of several: JSON before forms before anything else. */
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

/** JSON as a scenario has it: objects and lists as they are, anything else as text. */
function jsonBody(value: unknown, type: string): Body {
  const contentType = /^application\/json$/i.test(type) || type.includes('*') ? undefined : type;
  if (Array.isArray(value) || isDictionary(value)) return { body: value, contentType };
  return { body: JSON.stringify(value), contentType: contentType ?? 'application/json' };
}

/** Fields of a form; a list is a field for each of its values. */
function fieldsOf(value: unknown): [string, string][] {
  return Object.entries(isDictionary(value) ? value : {}).flatMap(([name, field]): [string, string][] =>
    Array.isArray(field) ? field.map((item) => [name, plain(item)]) : [[name, plain(field)]],
  );
}

/** Whether a property of a schema is the content of a file. */
function isFile(root: unknown, schema: unknown, name: string): boolean {
  const { properties } = dictionaryAt(root, schema);
  const { format, contentMediaType, contentEncoding, items } = dictionaryAt(root, dictionaryAt(root, properties)[name]);
  if (format === 'binary' || contentMediaType !== undefined || contentEncoding !== undefined) return true;
  return dictionaryAt(root, items).format === 'binary';
}

/** The body of an operation from its example; undefined where it has none, or none that is known. Says what is lost. */
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
  // Null is the example of a schema that can't be followed.
  if (isJson(type)) return value === null ? undefined : jsonBody(value, type);
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
