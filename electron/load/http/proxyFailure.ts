import type { RequestFailure } from './exchange';
import { authorityOf, type Origin } from './origin';

const proxyFailures = ['proxy-unreachable', 'proxy-authentication-required', 'proxy-refused'] as const;
/** A failure of the proxy, not of the server behind it. */
export type ProxyFailure = (typeof proxyFailures)[number];

type Place = Pick<Origin, 'hostname' | 'port' | 'proxy'>;

/** Whether a request failed at the proxy. */
export function isProxyFailure(failure: RequestFailure): failure is ProxyFailure {
  return proxyFailures.some((kind) => kind === failure);
}

/** Describes why a proxy did not connect, and what to do about it. */
export function describeProxyFailure(
  origin: Place,
  failure: ProxyFailure,
  error?: Error,
): { message: string; remedy: string } {
  const { proxy } = origin;
  const name = `the proxy at ${proxy ? authorityOf(proxy) : 'an unknown place'}`;
  const reason = error ? `: ${error.message}` : '';
  switch (failure) {
    case 'proxy-unreachable':
      return {
        message: `${name} does not accept connections${reason}`,
        remedy: 'check that the proxy is running and that its host and port are right',
      };
    case 'proxy-authentication-required':
      return proxy?.authorization === undefined
        ? {
            message: `${name} asks for a user and a password (407)`,
            remedy:
              'write them into the URL of the proxy as secrets: http://{{secret.PROXY_USER}}:{{secret.PROXY_PASSWORD}}@host:port',
          }
        : {
            message: `${name} does not accept the user and the password of its URL (407)`,
            remedy: 'correct them; a proxy that wants another authentication than Basic is not supported',
          };
    case 'proxy-refused':
      return {
        message: `${name} does not connect to ${authorityOf(origin)}${reason}`,
        remedy: 'allow this server and its port in the configuration of the proxy, or load it without the proxy',
      };
  }
}

/** The warning about a proxy at the end of a load. */
export function proxyWarning(origin: Place, failure: ProxyFailure): string {
  const { message, remedy } = describeProxyFailure(origin, failure);
  return `${message}: ${remedy}`;
}
