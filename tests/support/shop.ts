import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { startServer } from './testServer.ts';

/** A product of the shop. */
const products = Array.from({ length: 25 }, (_, index) => ({ id: `p${index}`, name: `Product ${index}`, cents: 100 }));
const pageSize = 10;

interface Session {
  user: string;
  orders: string[];
}

/** What the shop has seen of its visitors. */
interface ShopCounts {
  /** Sessions that were begun by a login. */
  logins: number;
  /** Who logged in, in that order. */
  users: string[];
  orders: number;
  /** Keys of orders, each given by the one who ordered. */
  orderKeys: string[];
  connections: number;
}

/** A shop that is open. */
export type Shop = Awaited<ReturnType<typeof startServer>> & { counts: ShopCounts };

function cookiesOf({ headers }: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(
    (headers.cookie ?? '').split('; ').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at), pair.slice(at + 1)] as const];
    }),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function sendJson(request: IncomingMessage, response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
  if (status === 200 && request.headers['if-none-match'] === etag) {
    response.writeHead(304, { ETag: etag }).end();
    return;
  }
  const packs = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = packs ? gzipSync(text) : Buffer.from(text);
  response
    .writeHead(status, {
      'Content-Type': 'application/json',
      ETag: etag,
      ...(packs ? { 'Content-Encoding': 'gzip' } : {}),
      'Content-Length': body.length,
    })
    .end(body);
}

/**
 * A shop over real HTTP: a login by form, with a CSRF token that belongs to a cookie, then a session cookie; pages of
 * products with an ETag, compressed where asked; a bearer token for the account; orders. Whoever has no session is sent
 * to the login with a 302. An order that is not there is an error in an answer of 200.
 */
export async function startShop(): Promise<Shop> {
  const counts: ShopCounts = { logins: 0, users: [], orders: 0, orderKeys: [], connections: 0 };
  const visits = new Map<string, string>();
  const sessions = new Map<string, Session>();
  const tokens = new Map<string, string>();
  let last = 0;
  const newId = (kind: string): string => {
    last += 1;
    return `${kind}-${last}`;
  };

  const login = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'GET') {
      const [visit, csrf] = [newId('visit'), newId('csrf')];
      visits.set(visit, csrf);
      response
        .writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': [`visit=${visit}; Path=/; HttpOnly`, 'lang=en'] })
        .end(`<form method="post"><input type="hidden" name="csrf" value="${csrf}"><input name="user"></form>`);
      return;
    }
    const form = new URLSearchParams(await bodyOf(request));
    const csrf = visits.get(cookiesOf(request).get('visit') ?? '');
    if (csrf === undefined || form.get('csrf') !== csrf) {
      sendJson(request, response, 403, { error: 'the form is not ours' });
      return;
    }
    const session = newId('session');
    sessions.set(session, { user: form.get('user') ?? '', orders: [] });
    counts.logins += 1;
    counts.users.push(form.get('user') ?? '');
    response
      .writeHead(302, { Location: '/products', 'Set-Cookie': `session=${session}; Path=/; HttpOnly; SameSite=Lax` })
      .end();
  };

  const account = (request: IncomingMessage, response: ServerResponse): void => {
    const session = sessions.get(tokens.get(String(request.headers.authorization ?? '').replace('Bearer ', '')) ?? '');
    if (session) sendJson(request, response, 200, { user: session.user, orders: session.orders });
    else sendJson(request, response, 401, { error: 'no such token' });
  };

  const inSession = async (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    [id, session]: [string, Session],
  ): Promise<void> => {
    const [, place, item] = url.pathname.split('/');
    switch (`${request.method} ${place}`) {
      case 'GET products': {
        const page = Number(url.searchParams.get('page') ?? '1');
        const items = products.slice((page - 1) * pageSize, page * pageSize);
        const next = page * pageSize < products.length ? page + 1 : null;
        sendJson(request, response, 200, { page, items, next });
        return;
      }
      case 'GET token': {
        const token = newId('token');
        tokens.set(token, id);
        sendJson(request, response, 200, { access_token: token, token_type: 'Bearer' });
        return;
      }
      case 'POST orders': {
        const { product, quantity, key }: Record<string, unknown> = JSON.parse(await bodyOf(request));
        if (!products.some((known) => known.id === product)) {
          sendJson(request, response, 422, { error: 'no such product' });
          return;
        }
        const order = newId('order');
        session.orders.push(order);
        counts.orders += 1;
        counts.orderKeys.push(String(key));
        response.setHeader('Location', `/orders/${order}`);
        sendJson(request, response, 201, { id: order, product, quantity: Number(quantity) });
        return;
      }
      case 'GET orders':
        sendJson(
          request,
          response,
          200,
          session.orders.includes(item ?? '') ? { id: item, state: 'open' } : { error: 'no such order' },
        );
        return;
      case 'POST logout':
        sessions.delete(id);
        response.writeHead(204).end();
        return;
      default:
        sendJson(request, response, 404, { error: 'no such page' });
    }
  };

  const shop = await startServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://shop.test');
    const id = cookiesOf(request).get('session') ?? '';
    const session = sessions.get(id);
    if (url.pathname === '/login') await login(request, response);
    else if (url.pathname === '/account') account(request, response);
    else if (session) await inSession(request, response, url, [id, session]);
    else response.writeHead(302, { Location: '/login' }).end();
  });
  shop.server.on('connection', () => {
    counts.connections += 1;
  });
  return { ...shop, counts };
}
