import { parse } from 'yaml';
import { z } from 'zod';
import { errorMessage, type Result } from '../../errors/appError';
import { describeIssues } from '../parse';
import { fromCurl, isCurl } from './curl';
import { fromHar, isHar } from './har';
import type { ImportedRequests } from './importedRequests';
import { fromOpenApi, isOpenApi } from './openapi';

const hint = 'paste a curl command, or choose a HAR file or an OpenAPI 3 document; nothing was changed';

/** The requests in a curl command, a HAR file or an OpenAPI document; which of them it is, its content tells. */
export function readRequests(text: string): Result<ImportedRequests> {
  try {
    if (isCurl(text)) return { ok: true, value: fromCurl(text) };
    // Aliases of YAML are not unfolded beyond measure: a few lines could become gigabytes.
    const value: unknown = /^\s*[{[]/.test(text)
      ? JSON.parse(text)
      : parse(text, { maxAliasCount: 100, logLevel: 'error' });
    if (isOpenApi(value)) return { ok: true, value: fromOpenApi(value) };
    if (isHar(value)) return { ok: true, value: fromHar(value) };
    return {
      ok: false,
      error: { code: 'import-failed', message: 'this is no curl command, HAR file or OpenAPI document', hint },
    };
  } catch (error) {
    const reason = error instanceof z.ZodError ? describeIssues(error).slice(0, 500) : errorMessage(error);
    return { ok: false, error: { code: 'import-failed', message: `the requests cannot be read: ${reason}`, hint } };
  }
}
