import { parse } from 'yaml';
import { z } from 'zod';
import { errorMessage, type Result } from '../../errors/appError';
import { describeIssues } from '../parse';
import { fromBru } from './clients/bru';
import { isBru } from './clients/bruFile';
import { fromBruno, isBruno } from './clients/bruno';
import { fromHttpFile, hasRequestsBetween, isHttpFile } from './clients/httpFile';
import { fromInsomnia, isInsomnia } from './clients/insomnia';
import { fromPostman, isPostman } from './clients/postman';
import { fromCurl, isCurl } from './curl/curl';
import { checkDepth } from './depth';
import { fromHar, isHar } from './har';
import type { ImportedRequests } from './importedRequests';
import { everyRequest, type ImportFilter } from './importFilter';
import { fromOpenApi, isOpenApi } from './openapi/openapi';

const hint =
  'paste a curl command, or choose a HAR file, an OpenAPI or Swagger document, a collection of Postman, Insomnia or Bruno, or an .http file; nothing was changed';

/** The formats in JSON or YAML, in the order in which they are tried. */
const documents: readonly (readonly [
  is: (value: unknown) => boolean,
  read: (value: unknown, filter: ImportFilter) => ImportedRequests,
])[] = [
  [isOpenApi, fromOpenApi],
  [isHar, fromHar],
  [isPostman, fromPostman],
  [isInsomnia, fromInsomnia],
  [isBruno, fromBruno],
];

/** Words at the start of a line that identify a YAML document. */
const yamlStart =
  /^(?:openapi|swagger|opencollection|_type|log|info)["']?[ \t]*:|^type:[ \t]*["']?(?:collection|spec)\.insomnia\.rest/m;

/** The start of JSON, but not a prompt such as `[me@host ~]$`, or a variable such as `{{host}}`. */
const jsonStart = /^\s*(?:\{(?!\{)|\[(?![\w.-]+@))/;

/** Parses JSON or YAML. The expansion of YAML aliases is limited, because a few lines could expand to gigabytes. */
function parsed(text: string): unknown {
  const value: unknown = jsonStart.test(text)
    ? JSON.parse(text)
    : parse(text, { maxAliasCount: 100, logLevel: 'error' });
  checkDepth(value);
  return value;
}

/** Returns the first line that is not a comment. */
function firstLine(text: string): string {
  return /^[^\S\n]*(?!#|\/\/)\S.*$/m.exec(text)?.[0] ?? '';
}

function read(text: string, filter: ImportFilter): ImportedRequests | undefined {
  if (jsonStart.test(text) || (yamlStart.test(text) && !isCurl(firstLine(text)))) {
    const value = parsed(text);
    return documents.find(([is]) => is(value))?.[1](value, filter);
  }
  if (isBru(text)) return fromBru(text);
  if (isCurl(text) && !hasRequestsBetween(text)) return fromCurl(text);
  return isHttpFile(text) ? fromHttpFile(text) : undefined;
}

/**
 * Returns the requests in a text: curl commands, a HAR file, an OpenAPI or Swagger document, a collection of Postman,
 * Insomnia or Bruno, or an .http file. The content determines the format. `filter` selects requests of a recording.
 */
export function readRequests(text: string, filter: ImportFilter = everyRequest): Result<ImportedRequests> {
  try {
    const requests = read(text.replace(/^\uFEFF/, ''), filter);
    if (requests) return { ok: true, value: requests };
    const message = 'this is neither a curl command nor a file with requests in a format that Proofload reads';
    return { ok: false, error: { code: 'import-failed', message, hint } };
  } catch (error) {
    const reason = error instanceof z.ZodError ? describeIssues(error).slice(0, 500) : errorMessage(error);
    return { ok: false, error: { code: 'import-failed', message: `the requests cannot be read: ${reason}`, hint } };
  }
}
