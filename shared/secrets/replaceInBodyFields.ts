import type { BodyFields, MultipartPart } from '../scenario/requestBody';
import { replaceInBody, replaceInJson, type SecretVisitor } from './replaceSecrets';

/** Visits the secrets in a named value, which can be any JSON. A value without secrets is returned unchanged. */
export function inField(key: string, value: unknown, visitor: SecretVisitor): unknown {
  const replaced = replaceInJson({ [key]: value }, visitor);
  return typeof replaced === 'object' && replaced !== null ? Object.values(replaced)[0] : value;
}

type FormValue = Exclude<NonNullable<BodyFields['form']>[string], readonly unknown[]>;

/** Visits the secrets in a form field before it is encoded. */
function inFormField(name: string, value: FormValue, visitor: SecretVisitor): FormValue {
  const replaced = inField(name, value, visitor);
  const isValue = typeof replaced === 'string' || typeof replaced === 'number' || typeof replaced === 'boolean';
  return isValue ? replaced : value;
}

function inPart(part: MultipartPart, visitor: SecretVisitor): MultipartPart {
  return 'file' in part ? part : { ...part, value: inFormField(part.name, part.value, visitor) };
}

/** Decodes base64 to text; undefined for other bytes. */
function textOfBase64(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function inBase64(base64: string, visitor: SecretVisitor): string {
  const text = textOfBase64(base64);
  if (text === undefined) return base64;
  const replaced = replaceInBody(text, visitor);
  if (replaced === text) return base64;
  return btoa(Array.from(new TextEncoder().encode(replaced), (byte) => String.fromCharCode(byte)).join(''));
}

/** Keeps the type of JSON: objects stay objects, and lists stay lists. */
function inTextOrJson(body: NonNullable<BodyFields['body']>, visitor: SecretVisitor): BodyFields['body'] {
  if (typeof body === 'string') return replaceInBody(body, visitor);
  if (Array.isArray(body)) return body.map((item) => replaceInJson(item, visitor));
  return Object.fromEntries(Object.entries({ ...body }).map(([key, item]) => [key, inField(key, item, visitor)]));
}

/** Visits the secrets in the body of a request. The content of files is not read. */
export function replaceInBodyFields(
  { body, form, multipart, bodyBase64 }: BodyFields,
  visitor: SecretVisitor,
): BodyFields {
  return {
    ...(body === undefined ? {} : { body: inTextOrJson(body, visitor) }),
    ...(form === undefined
      ? {}
      : {
          form: Object.fromEntries(
            Object.entries(form).map(([name, value]) => [
              name,
              Array.isArray(value)
                ? value.map((one) => inFormField(name, one, visitor))
                : inFormField(name, value, visitor),
            ]),
          ),
        }),
    ...(multipart === undefined ? {} : { multipart: multipart.map((part) => inPart(part, visitor)) }),
    ...(bodyBase64 === undefined ? {} : { bodyBase64: inBase64(bodyBase64, visitor) }),
  };
}
