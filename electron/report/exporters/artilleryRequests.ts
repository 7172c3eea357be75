import { maxRedirectsOf } from '../../../shared/scenario/redirects';
import { bodyTextOf, formPairs } from '../../../shared/scenario/requestBody';
import { type RequestFields, requestName, type ScenarioRequest } from '../../../shared/scenario/requests';

/** A step of a flow: what it does by the name of the deed, such as `get` or `think`. */
export type ArtilleryStep = Record<string, unknown>;

/** A form as Artillery takes it: of a name that is there several times, the last. */
function otherBody({ form, multipart }: RequestFields): Record<string, unknown> {
  if (form) return { form: Object.fromEntries(formPairs(form)) };
  if (!multipart) return {};
  const parts = multipart.map((part) => [part.name, 'file' in part ? { fromFile: part.file } : String(part.value)]);
  return { formData: Object.fromEntries(parts) };
}

/** What of the bodies Artillery does not send, one sentence for each. */
export function bodyDifferences(requests: readonly RequestFields[]): string[] {
  return requests.flatMap((request) => [
    ...(request.bodyFile !== undefined || request.bodyBase64 !== undefined
      ? [`${requestName(request)} is sent without its body: Artillery sends text, JSON and forms.`]
      : []),
    ...(request.gzip ? [`The body of ${requestName(request)} is not compressed.`] : []),
  ]);
}

/** What Artillery sends of a request: its URL, its headers and its body. */
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

/** How many redirects Artillery follows. */
export function redirectFields(request: Pick<ScenarioRequest, 'redirects'>): Record<string, unknown> {
  const redirects = maxRedirectsOf(request);
  return redirects > 0 ? { followRedirect: true, maxRedirects: redirects } : { followRedirect: false };
}
