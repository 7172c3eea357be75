import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { z } from 'zod';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { basicAuthorization, type WireUrl } from '../../../shared/http/wireUrl';
import type { ClientCredentials } from '../../../shared/scenario/auth';
import { encodeForm } from '../../../shared/scenario/requestBody';
import { printableLine } from '../../../shared/text/printable';
import { pinnedLookup } from '../../hosts/pinnedLookup';
import { type Origin, urlOriginOf } from '../http/origin';
import { openTunnel, proxyPlace } from '../http/proxyTunnel';
import { targetUnreachable } from '../http/unreachable';

/** The response of a token server (RFC 6749, 5.1). Some servers send the lifetime as a string. */
const tokenSchema = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  token_type: z.string().default('Bearer'),
  expires_in: z.coerce.number().positive().optional(),
});

/** The error response of a token server (RFC 6749, 5.2). */
const refusalSchema = z.looseObject({ error: z.string(), error_description: z.string().optional() });

/** A token and its lifetime in seconds. The lifetime is undefined when the server does not state it. */
export interface Token {
  value: string;
  lifetimeS: number | undefined;
}

/** A client with its secrets filled in, and the server that issues its tokens. */
export interface TokenClient extends Omit<ClientCredentials, 'type' | 'tokenUrl'> {
  url: WireUrl;
  origin: Origin;
}

const timeoutMs = 30_000;
const maxAnswerBytes = 1024 * 1024;
const maxShown = 200;

function bodyOf({ scope, audience, clientId, clientSecret, clientAuthentication }: TokenClient): string {
  const named = clientAuthentication === 'body' ? { client_id: clientId, client_secret: clientSecret } : {};
  const fields = { grant_type: 'client_credentials', scope, audience, ...named };
  return Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeForm(value)}`]))
    .join('&');
}

/** The connection options of Node's HTTP client for a request to an origin. */
async function wayTo(origin: Origin) {
  const { hostname, addresses, port, tls, socketPath, proxy } = origin;
  if (socketPath !== undefined) return { socketPath, agent: false };
  if (!proxy) return { host: hostname, port, lookup: pinnedLookup(addresses), agent: false };
  if (!tls) return { ...proxyPlace(proxy), agent: false };
  const socket = await new Promise<Socket>((established, reject) => {
    openTunnel(origin, proxy, {
      established,
      failed: (failure, error) => reject(targetUnreachable(origin, failure, error)),
    });
  });
  const servername = isIP(hostname) ? '' : hostname;
  return { host: hostname, createConnection: () => connectTls({ host: hostname, servername, ...tls, socket }) };
}

/** The request target and extra headers. A proxy that reads the request needs the absolute form (RFC 9112, 3.2.2). */
function forProxy(origin: Origin, target: string) {
  const { proxy, tls } = origin;
  if (!proxy || tls) return { path: target, headers: {} };
  const { authorization } = proxy;
  return {
    path: `${urlOriginOf(origin)}${target}`,
    headers: authorization === undefined ? {} : { 'Proxy-Authorization': authorization },
  };
}

/** Sends the request, to the admitted addresses only. Redirects are not followed. */
async function post({ url, origin, ...client }: TokenClient): Promise<{ status: number; text: string }> {
  const body = bodyOf({ url, origin, ...client });
  const { tls } = origin;
  const { path, headers } = forProxy(origin, url.target);
  // RFC 6749, 2.3.1: client id and secret are form-encoded before they are used for Basic authentication.
  const basic = basicAuthorization(`${encodeForm(client.clientId)}:${encodeForm(client.clientSecret)}`);
  const options = {
    path,
    method: 'POST',
    timeout: timeoutMs,
    headers: {
      Host: url.host,
      Accept: 'application/json',
      'User-Agent': 'proofload',
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': Buffer.byteLength(body),
      ...(client.clientAuthentication === 'header' ? { Authorization: basic } : {}),
      ...headers,
    },
    ...(await wayTo(origin)),
  };
  return new Promise((resolve, reject) => {
    const take = (response: IncomingMessage): void => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > maxAnswerBytes) request.destroy(new Error('the response is too long'));
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    };
    const request = tls ? requestHttps({ ...options, ...tls }, take) : requestHttp(options, take);
    request.on('timeout', () => request.destroy(new Error(`no response within ${timeoutMs / 1_000} s`)));
    request.on('error', reject);
    request.end(body);
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Gets a token with client credentials (RFC 6749, 4.4). Rejects with `target-unreachable`, `usage`, `target-failed`.
 */
export async function requestToken(client: TokenClient): Promise<Token> {
  const place = `${client.url.origin}${client.url.target.replace(/\?.*$/, '')}`;
  const answer = await post(client).catch((error: unknown) => {
    throw new ProofloadError(
      'target-unreachable',
      `no token was obtained from ${place}: ${errorMessage(error)}`,
      'check "tokenUrl", and that the server runs',
    );
  });
  const json = parsedJson(answer.text);
  const token = tokenSchema.safeParse(json);
  if (answer.status === 200 && token.success) {
    const { access_token: value, token_type: type, expires_in: lifetimeS } = token.data;
    if (type.toLowerCase() === 'bearer') return { value, lifetimeS };
    throw new ProofloadError(
      'usage',
      `the token from ${place} is of the type ${printableLine(type).slice(0, 40)}`,
      'only bearer tokens can be sent: ask the server for one',
    );
  }
  const refusal = refusalSchema.safeParse(json).data;
  const why = refusal ? `: ${[refusal.error, refusal.error_description].filter(Boolean).join(', ')}` : '';
  throw new ProofloadError(
    answer.status >= 400 && answer.status < 500 ? 'usage' : 'target-failed',
    `no token was obtained from ${place}: it answered ${answer.status}${printableLine(why).slice(0, maxShown)}`,
    refusal?.error === 'invalid_client'
      ? 'check client id and secret, and whether the server wants them in the header or in the body ("clientAuthentication")'
      : 'check "tokenUrl", and "scope" and "audience" where the server needs them',
  );
}
