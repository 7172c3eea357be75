import { basicAuthorization, fullUrl, wireUrl } from '../../../shared/http/wireUrl';
import { type RequestFields, requestName } from '../../../shared/scenario/requests';
import type { Scenario } from '../../../shared/scenario/schema';
import { requestsIn } from '../../../shared/scenario/steps';
import { mapLiterals } from '../../../shared/scenario/template';
import { secretReference, secretReferenceTo } from '../../../shared/secrets/reference';

/** The name of the secret that holds the OAuth 2 token for a script. */
const tokenSecret = 'OAUTH2_TOKEN';

type Basic = Extract<NonNullable<RequestFields['auth']>, { type: 'basic' }>;

function hasPlaceholder(text: string): boolean {
  return /\{\{/.test(text.replaceAll(secretReference, ''));
}

/** Whether another tool can send the user and the password. It encodes them as base64 only when they stand in a URL. */
function isPortable({ username, password }: Basic, { url }: RequestFields): boolean {
  const both = username + password;
  return !both.includes('{{') || (!hasPlaceholder(both) && !url.startsWith('{{'));
}

/**
 * Returns a request with its authentication in a header or in its URL, where other tools support it. Authentication
 * that they do not support is left out.
 */
export function withAuthInPlace<Request extends RequestFields>(request: Request, target: string): Request {
  const { auth, ...rest } = request;
  if (!auth) return request;
  const plain = { ...request, auth: undefined, name: requestName(rest) };
  const withHeader = (value: string): Request => ({ ...plain, headers: { ...request.headers, Authorization: value } });
  switch (auth.type) {
    case 'bearer':
      return withHeader(`Bearer ${auth.token}`);
    case 'oauth2':
      return withHeader(`Bearer ${secretReferenceTo(tokenSecret)}`);
    case 'aws-sigv4':
      return plain;
    case 'basic': {
      const { username, password } = auth;
      if (!isPortable(auth, request)) return plain;
      if (!`${username}${password}`.includes('{{')) return withHeader(basicAuthorization(`${username}:${password}`));
      const [user, secret] = [username, password].map((text) => mapLiterals(text, encodeURIComponent));
      const url = fullUrl({ ...wireUrl(request.url, target), user: undefined });
      return { ...plain, url: url.replace('://', `://${user}:${secret}@`) };
    }
  }
}

/** Returns a sentence for each way in which another tool authenticates differently. */
export function authDifferences(scenario: Scenario): string[] {
  const requests = requestsIn(scenario) ?? [];
  const isOf = (type: NonNullable<RequestFields['auth']>['type']): boolean =>
    requests.some(({ auth }) => auth?.type === type);
  const lost = requests.filter((request) => request.auth?.type === 'basic' && !isPortable(request.auth, request));
  return [
    ...(isOf('oauth2')
      ? [`The script gets no OAuth 2 token and refreshes none: get one, and give it as the secret ${tokenSecret}.`]
      : []),
    ...(isOf('aws-sigv4') ? ['Requests are not signed for AWS: add a signature of the tool itself.'] : []),
    ...lost.map(
      (request) =>
        `${requestName(request)} is sent without Basic authentication: its user is filled in for each request.`,
    ),
  ];
}
