import type { Auth } from '../scenario/auth';
import { literals, replaceInText, replaceInUrl, type SecretVisitor } from './replaceSecrets';

/**
 * Visits the secrets in the authentication of a request. The user of Basic authentication and the AWS access key id are
 * hidden too: some services use the user as the key, and the id belongs to its key.
 */
export function replaceInAuth(auth: Auth, visitor: SecretVisitor): Auth {
  const secret = (value: string, about: string): string => literals(value, about, visitor);
  const text = (value: string): string => replaceInText(value, visitor);
  switch (auth.type) {
    case 'basic':
      return { ...auth, username: secret(auth.username, 'username'), password: secret(auth.password, 'password') };
    case 'bearer':
      return { ...auth, token: secret(auth.token, 'token') };
    case 'oauth2':
      return {
        ...auth,
        tokenUrl: replaceInUrl(auth.tokenUrl, visitor),
        clientId: text(auth.clientId),
        clientSecret: secret(auth.clientSecret, 'clientSecret'),
        scope: auth.scope && text(auth.scope),
        audience: auth.audience && text(auth.audience),
      };
    case 'aws-sigv4':
      return {
        ...auth,
        accessKeyId: secret(auth.accessKeyId, 'accessKeyId'),
        secretAccessKey: secret(auth.secretAccessKey, 'secretAccessKey'),
        sessionToken: auth.sessionToken && secret(auth.sessionToken, 'sessionToken'),
      };
  }
}
