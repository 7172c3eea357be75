import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import { type Dictionary, isDictionary } from './document';

/** Keeps only the statuses of responses. Their descriptions can make up most of a document and are not needed. */
function withoutAnswers(operation: Dictionary): Dictionary {
  const { responses } = operation;
  if (!isDictionary(responses)) return operation;
  return { ...operation, responses: Object.fromEntries(Object.keys(responses).map((status) => [status, {}])) };
}

/** Whether a value is a Swagger 2 document. In YAML, an unquoted version is a number. */
export function isSwagger(value: unknown): boolean {
  return isDictionary(value) && /^2(?:\.0)?$/.test(String(value.swagger));
}

/** Converts a Swagger 2 document to OpenAPI 3.0. */
export function upgraded(value: Dictionary): unknown {
  const { responses: _answers, paths, ...rest } = value;
  const items = Object.entries(isDictionary(paths) ? paths : {}).flatMap(([path, item]): [string, Dictionary][] => {
    if (path.startsWith('x-') || !isDictionary(item)) return [];
    const parts = Object.entries(item).map(([key, part]): [string, unknown] => [
      key,
      isDictionary(part) ? withoutAnswers(part) : part,
    ]);
    return [
      [
        path,
        Object.fromEntries(parts.filter(([key, part]) => isDictionary(part) || key === 'parameters' || key === '$ref')),
      ],
    ];
  });
  const document: unknown = upgradeFromTwoToThree(
    structuredClone({ ...rest, swagger: '2.0', paths: Object.fromEntries(items) }),
  );
  return document;
}
