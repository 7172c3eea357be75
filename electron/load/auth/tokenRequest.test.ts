import { describe, expect, it } from 'vitest';
import { wireUrl } from '../../../shared/http/wireUrl';
import { closedAfterTest } from '../../../tests/support/closedAfterTest';
import { startServer } from '../../../tests/support/testServer';
import { originOf } from '../http/origin';
import { requestToken, type TokenClient } from './tokenRequest';

interface Asked {
  line: string;
  headers: Readonly<Record<string, unknown>>;
  body: string;
}

/** A token server that sends the same response to every request. */
async function tokenServer(status: number, answer: string): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const starting = startServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    asked.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    response.writeHead(status, { Location: '/elsewhere' }).end(answer);
  });
  const { url } = await closedAfterTest(starting);
  return { url, asked };
}

function clientOf(url: string, others: Partial<TokenClient> = {}): TokenClient {
  const wire = wireUrl(`${url}oauth/token?tenant=a`);
  return {
    clientId: 'load & test',
    clientSecret: 'se:cret',
    clientAuthentication: 'header',
    scope: 'read write',
    audience: undefined,
    url: wire,
    origin: originOf(wire),
    ...others,
  };
}

const good = { access_token: 'abc.def', token_type: 'bearer' };

describe('a request for a token', () => {
  it('names the client by Basic authentication, encoded as RFC 6749 has it', async () => {
    const { url, asked } = await tokenServer(200, JSON.stringify({ ...good, expires_in: 300 }));
    expect(await requestToken(clientOf(url))).toEqual({ value: 'abc.def', lifetimeS: 300 });
    expect(asked).toMatchObject([
      { line: 'POST /oauth/token?tenant=a', body: 'grant_type=client_credentials&scope=read+write' },
    ]);
    expect(asked[0]?.headers).toMatchObject({
      authorization: `Basic ${btoa('load+%26+test:se%3Acret')}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
  });

  it('names it in the body where the server wants that', async () => {
    const { url, asked } = await tokenServer(200, JSON.stringify({ ...good, expires_in: '60' }));
    const client = clientOf(url, { clientAuthentication: 'body', scope: undefined, audience: 'shop' });
    expect(await requestToken(client)).toEqual({ value: 'abc.def', lifetimeS: 60 });
    expect(asked[0]?.body).toBe(
      'grant_type=client_credentials&audience=shop&client_id=load+%26+test&client_secret=se%3Acret',
    );
    expect(asked[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    [401, '{"error":"invalid_client","error_description":"no such client"}', 'usage', 'invalid_client, no such client'],
    [400, '<html>', 'usage', 'answered 400'],
    [500, '', 'target-failed', 'answered 500'],
    [302, '', 'target-failed', 'answered 302'],
    [200, '{}', 'target-failed', 'answered 200'],
    [200, '{"access_token":"a\\r\\nX-Evil: 1"}', 'target-failed', 'answered 200'],
    [200, '{"access_token":"a","token_type":"mac"}', 'usage', 'of the type mac'],
  ])('that is answered by %s and %s fails as %s', async (status, answer, code, message) => {
    const { url, asked } = await tokenServer(status, answer);
    await expect(requestToken(clientOf(url))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(asked).toHaveLength(1);
  });

  it('says where nobody listens, and no secret', async () => {
    const { url, close } = await startServer((_request, response) => void response.end());
    await close();
    const failing = requestToken(clientOf(url));
    await expect(failing).rejects.toMatchObject({ code: 'target-unreachable' });
    await expect(failing).rejects.not.toThrow(/cret/);
  });
});
