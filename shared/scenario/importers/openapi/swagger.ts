import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import { type Dictionary, isDictionary } from './document';

/** Answers are not asked for, but for their statuses; descriptions of theirs may be most of a document. */
function withoutAnswers(operation: Dictionary): Dictionary {
  const { responses } = operation;
  if (!isDictionary(responses)) return operation;
  return { ...operation, responses: Object.fromEntries(Object.keys(responses).map((status) => [status, {}])) };
}

/** Whether a value is a Swagger 2 document. YAML has its version as a number where it is not in quotes. */
export function isSwagger(value: unknown): boolean {
  return isDictionary(value) && /^2(?:\.0)?$/.test(String(value.swagger));
}

/** A Swagger 2 document as OpenAPI 3.0. */
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
