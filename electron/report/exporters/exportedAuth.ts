import { basicAuthorization, fullUrl, wireUrl } from '../../../shared/http/wireUrl';
import { type RequestFields, requestName } from '../../../shared/scenario/requests';
import type { Scenario } from '../../../shared/scenario/schema';
import { requestsIn } from '../../../shared/scenario/steps';
import { mapLiterals } from '../../../shared/scenario/template';
import { secretReference, secretReferenceTo } from '../../../shared/secrets/reference';

/** The secret that a script takes the token of OAuth 2 from. */
const tokenSecret = 'OAUTH2_TOKEN';

type Basic = Extract<NonNullable<RequestFields['auth']>, { type: 'basic' }>;

function hasPlaceholder(text: string): boolean {
  return /\{\{/.test(text.replaceAll(secretReference, ''));
}

/** Whether another tool can put user and password together: it knows nothing of base64, but for those of a URL. */
function isPortable({ username, password }: Basic, { url }: RequestFields): boolean {
  const both = username + password;
  return !both.includes('{{') || (!hasPlaceholder(both) && !url.startsWith('{{'));
}

/** A request whose authentication is a header or the user of its URL, as other tools know it; what they can't make is left out. */
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

/** What of the authentication another tool does otherwise, one sentence for each. */
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
