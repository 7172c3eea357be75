import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../../../tests/support/importedRequests';

describe('an .http file of VS Code, JetBrains or Visual Studio', () => {
  it('has no comments in its bodies, nor those that stand before the next request', () => {
    const { requests, notes } = requestsOf(`GET http://x/a

# the next one makes an order

### Create
POST http://x/orders
Content-Type: application/json

{
  // "draft": true,
  "id": 1
}

// and this is the last

###
`);
    expect(requests).toEqual([
      { method: 'GET', url: 'http://x/a' },
      {
        name: 'Create',
        method: 'POST',
        url: 'http://x/orders',
        headers: { 'Content-Type': 'application/json' },
        body: '{\n  "id": 1\n}',
      },
    ]);
    expect(notes).toEqual(['Lines of the body of Create that begin with # or // were read as comments.']);
  });

  it('has no earlier responses in its bodies, which JetBrains keeps there', () => {
    const { requests } = requestsOf(`GET http://x/a

<> 2024-01-01T101010.200.json
<> 2024-01-01T090909.404.json

###
POST http://x/b

a=1

<> ../b.200.txt
`);
    expect(requests).toEqual([
      { method: 'GET', url: 'http://x/a' },
      { method: 'POST', url: 'http://x/b', body: 'a=1' },
    ]);
  });

  it('has a query that goes on in the next lines, indented or not', () => {
    const { requests } = requestsOf(`GET http://x/a
?x=1
&y=2
Accept: */*

###
GET http://x
    /b
    ?z=3
// a comment
X-A: 1
`);
    expect(requests).toEqual([
      { method: 'GET', url: 'http://x/a?x=1&y=2', headers: { Accept: '*/*' } },
      { method: 'GET', url: 'http://x/b?z=3', headers: { 'X-A': '1' } },
    ]);
  });

  it('marks a query of GraphQL by a header that is not sent', () => {
    const { requests } = requestsOf(`POST http://x/graphql
Content-Type: application/json
X-REQUEST-TYPE: GraphQL

query One($id: ID!) {
  order(id: $id) { name }
}

{ "id": 7 }
`);
    expect(requests).toEqual([
      {
        method: 'POST',
        url: 'http://x/graphql',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          query: 'query One($id: ID!) {\n  order(id: $id) { name }\n}',
          variables: { id: 7 },
        }),
      },
    ]);
  });

  it('takes methods in small letters, and TLS where the port of the host says so', () => {
    const { requests } = requestsOf(`post https://x/a
Content-Type: text/plain

hello

###
GET /b
Host: y:8443

###
GET /c
Host: y:80
`);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://x/a',
      'GET https://y:8443/b',
      'GET http://y/c',
    ]);
  });

  it('can have curl commands between its requests, as VS Code takes them', () => {
    const { requests } = requestsOf(`@host = http://x

### first
GET {{host}}/a

### second
# makes it
curl -X POST {{host}}/b -d a=1

### third
GET {{host}}/c
`);
    expect(requests).toEqual([
      { name: 'first', method: 'GET', url: 'http://x/a' },
      {
        method: 'POST',
        url: 'http://x/b',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'a=1',
      },
      { name: 'third', method: 'GET', url: 'http://x/c' },
    ]);
  });

  it('is none where its commands have titles only', () => {
    expect(requestsOf('### Orders\nT=abc\ncurl \\\n  http://x/a\n### More\ncurl http://x/$T\n').requests).toEqual([
      { method: 'GET', url: 'http://x/a' },
      { method: 'GET', url: 'http://x/abc' },
    ]);
  });

  it('has no request in a line of prose', () => {
    const { requests } = requestsOf(`### Orders
Get all orders of a user

###
GET http://x/a
`);
    expect(requests).toHaveLength(1);
  });
});
