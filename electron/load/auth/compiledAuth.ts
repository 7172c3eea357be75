import { basicAuthorization } from '../../../shared/http/wireUrl';
import type { Auth, ClientCredentials } from '../../../shared/scenario/auth';
import type { Template, TemplateValues } from '../../../shared/scenario/template';
import { type AuthorizedRequest, sigV4Lines } from './sigV4';

/** The authentication of a request, with its constant parts compiled once. */
export interface CompiledAuth {
  /** Whether its lines are the same for every request. */
  isConstant: boolean;
  /** Whether it signs a single request, so that a request that follows a redirect needs a new signature. */
  isSignature: boolean;
  /** Header lines, each with its CRLF. */
  lines(values: TemplateValues, request: AuthorizedRequest): string;
}

/** Returns a function that gives the current token of a client. */
export type TokenOf = (client: ClientCredentials) => () => string;

const asItIs = (value: string): string => value;
/** A value from a response must not be able to begin another header. */
const inOneLine = (value: string): string => value.replace(/[\r\n\0]+/g, ' ');

/** Compiles the authentication of a request. `nowMs` gives the time of signatures, in ms since 1970. */
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
