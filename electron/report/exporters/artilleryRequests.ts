import { maxRedirectsOf } from '../../../shared/scenario/redirects';
import { bodyTextOf, formPairs } from '../../../shared/scenario/requestBody';
import { type RequestFields, requestName, type ScenarioRequest } from '../../../shared/scenario/requests';

/** A step of a flow, keyed by its action, such as `get` or `think`. */
export type ArtilleryStep = Record<string, unknown>;

/**
 * Returns a form or a multipart body in Artillery's form. Of several fields with the same name, only the last one
 * stays.
 */
function otherBody({ form, multipart }: RequestFields): Record<string, unknown> {
  if (form) return { form: Object.fromEntries(formPairs(form)) };
  if (!multipart) return {};
  const parts = multipart.map((part) => [part.name, 'file' in part ? { fromFile: part.file } : String(part.value)]);
  return { formData: Object.fromEntries(parts) };
}

/** Returns a sentence for each body that Artillery does not send as the scenario does. */
export function bodyDifferences(requests: readonly RequestFields[]): string[] {
  return requests.flatMap((request) => [
    ...(request.bodyFile !== undefined || request.bodyBase64 !== undefined
      ? [`${requestName(request)} is sent without its body: Artillery sends text, JSON and forms.`]
      : []),
    ...(request.gzip ? [`The body of ${requestName(request)} is not compressed.`] : []),
  ]);
}

/** Returns the URL, the headers and the body of a request in Artillery's form. */
export function ownRequest(request: RequestFields): Record<string, unknown> {
  const { url, headers, body } = request;
  const json = body !== undefined && typeof body !== 'string';
  return {
    url,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(body === undefined ? {} : json ? { json: body } : { body: bodyTextOf(body) }),
    ...otherBody(request),
  };
}

/** Returns the fields that set how many redirects Artillery follows. */
export function redirectFields(request: Pick<ScenarioRequest, 'redirects'>): Record<string, unknown> {
  const redirects = maxRedirectsOf(request);
  return redirects > 0 ? { followRedirect: true, maxRedirects: redirects } : { followRedirect: false };
}
