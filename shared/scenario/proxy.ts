import { z } from 'zod';
import { toAppError } from '../errors/appError';
import { type WireUrl, wireUrl } from '../http/wireUrl';

/** A port is required because the default of a proxy differs between tools: 80, 1080, 3128. */
const withPort = /:\d+\/?$/;

/** Returns why a URL is not an HTTP proxy; undefined when it is one. */
function problemOf(proxy: string): string | undefined {
  if (!/^http:\/\//i.test(proxy))
    return 'must be http://host:port, with http://user:password@host:port for a proxy that asks who it is; proxies that are reached by TLS, and SOCKS, are not supported';
  try {
    const { target } = wireUrl(proxy);
    if (target !== '/' || /[?#]/.test(proxy)) return 'must have no path: http://host:port';
  } catch (error) {
    return toAppError(error).message;
  }
  return withPort.test(proxy) ? undefined : 'must name the port: http://host:port';
}

/**
 * The URL of an HTTP proxy. User and password can be secrets: `http://{{secret.USER}}:{{secret.PASSWORD}}@host:3128`.
 */
export const proxyField = z
  .string()
  .max(2_000)
  .superRefine((proxy, context) => {
    const message = problemOf(proxy);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** Parses the URL of a proxy. `secretOf` supplies the secrets in user and password. Throws `usage`. */
export function proxyOf(proxy: string, secretOf?: (name: string) => string | undefined): WireUrl {
  return wireUrl(proxy, undefined, secretOf);
}
