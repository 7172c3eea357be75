import { basicAuthorization } from '../../../shared/http/wireUrl';
import type { Auth, ClientCredentials } from '../../../shared/scenario/auth';
import type { Template, TemplateValues } from '../../../shared/scenario/template';
import { type AuthorizedRequest, sigV4Lines } from './sigV4';

/** How a request says who sends it, of which everything is compiled that is the same each time. */
export interface CompiledAuth {
  /** Whether it is the same each time. */
  isConstant: boolean;
  /** Whether it is about one request, so that one that follows a redirect needs another. */
  isSignature: boolean;
  /** Lines of the header, each with its end. */
  lines(values: TemplateValues, request: AuthorizedRequest): string;
}

/** The token that a client has now. */
export type TokenOf = (client: ClientCredentials) => () => string;

const asItIs = (value: string): string => value;
/** A value that came from an answer must not begin another header. */
const inOneLine = (value: string): string => value.replace(/[\r\n\0]+/g, ' ');

/** Compiles how a request says who sends it. `nowMs` is the time of signatures, since 1970. */
export function compileAuth(
  auth: Auth,
  compile: (text: string) => Template,
  tokenOf: TokenOf,
  nowMs: () => number = Date.now,
): CompiledAuth {
  if (auth.type === 'oauth2') {
    const token = tokenOf(auth);
    return { isConstant: false, isSignature: false, lines: () => `Authorization: Bearer ${token()}\r\n` };
  }
  if (auth.type === 'bearer') {
    const token = compile(auth.token);
    return {
      isConstant: token.isConstant,
      isSignature: false,
      lines: (values) => `Authorization: Bearer ${token.fill(values, inOneLine)}\r\n`,
    };
  }
  if (auth.type === 'basic') {
    const [username, password] = [compile(auth.username), compile(auth.password)];
    return {
      isConstant: username.isConstant && password.isConstant,
      isSignature: false,
      lines: (values) =>
        `Authorization: ${basicAuthorization(`${username.fill(values, asItIs)}:${password.fill(values, asItIs)}`)}\r\n`,
    };
  }
  const { accessKeyId, secretAccessKey, sessionToken, region, service } = auth;
  const parts = [accessKeyId, secretAccessKey, sessionToken ?? '', region, service].map(compile);
  return {
    isConstant: false,
    isSignature: true,
    lines: (values, request) => {
      const [id = '', secret = '', token = '', where = '', what = ''] = parts.map((part) =>
        part.fill(values, inOneLine),
      );
      return sigV4Lines(request, { id, secret, token, region: where, service: what }, nowMs());
    },
  };
}
