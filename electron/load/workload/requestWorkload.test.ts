import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { httpResponse, level } from '../../../tests/support/factories';
import { wholeLoad } from '../schedule/shard';
import { RequestWorkload, requestsOf } from './requestWorkload';
import type { PlannedRequest } from './workload';

const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1:3000/base/' });

function scenarioWith(requests: unknown, data: unknown = []) {
  return scenarioSchema.safeParse({ ...level('level-0'), requests, data });
}

function workloadOf(requests: unknown, data: unknown = [], shard = wholeLoad, secrets = {}): RequestWorkload {
  const scenario = scenarioWith(requests, data);
  if (!scenario.success) throw scenario.error;
  const values = new Map<string, string>(Object.entries(secrets));
  return new RequestWorkload(requestsOf(scenario.data, target), scenario.data, shard, (name) => values.get(name));
}

function take(workload: RequestWorkload, count: number): PlannedRequest[] {
  return Array.from({ length: count }, () => workload.next());
}

const firstLine = ({ wire }: PlannedRequest): string => wire.head.split('\r\n')[0] ?? '';

describe('RequestWorkload', () => {
  it('sends what curl would send for a URL alone, braces included', () => {
    const curl = urlTargetSchema.parse({
      kind: 'url',
      url: 'http://127.0.0.1:3000/a?q={{b}}#c',
      body: 'x={{y}}',
      method: 'POST',
    });
    const [request] = take(
      new RequestWorkload(requestsOf({ requests: undefined }, curl), { data: [], seed: 1 }, wholeLoad),
      1,
    );
    expect(request?.wire.head).toBe(
      'POST /a?q={{b}} HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nUser-Agent: proofload\r\nAccept: */*\r\n' +
        'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\n',
    );
    expect(request?.wire.body).toBe('x={{y}}');
  });

  it.each([
    ['http://127.0.0.1:80/path', 'GET /path HTTP/1.1', 'Host: 127.0.0.1'],
    ['http://127.1:45705/path', 'GET /path HTTP/1.1', 'Host: 127.0.0.1:45705'],
    ['http://user:pw@127.0.0.1:45705/path', 'GET /path HTTP/1.1', 'Authorization: Basic dXNlcjpwdw=='],
    ['HTTP://LocalHost:1/Path', 'GET /Path HTTP/1.1', 'Host: localhost:1'],
    ['http://bücher.test/ü', 'GET /%C3%BC HTTP/1.1', 'Host: xn--bcher-kva.test'],
    ['http://127.0.0.1:1/{{a}}', 'GET /{{a}} HTTP/1.1', 'Host: 127.0.0.1:1'],
  ])('sends what the parser of URLs says of %s', (url, start, line) => {
    const curl = urlTargetSchema.parse({ kind: 'url', url });
    const [request] = take(
      new RequestWorkload(requestsOf({ requests: undefined }, curl), { data: [], seed: 1 }, wholeLoad),
      1,
    );
    expect(request && firstLine(request)).toBe(start);
    expect(request?.wire.head.split('\r\n')).toContain(line);
  });

  it('asks as the user of the URL unless a header names another, and of one server only', () => {
    const withUser = urlTargetSchema.parse({ ...target, url: 'http://me:pw@127.0.0.1:3000/base/' });
    const requests = [
      { url: 'a' },
      { url: 'b', headers: { authorization: 'Bearer x' } },
      { url: 'http://127.0.0.1:4/c' },
    ];
    const scenario = scenarioSchema.parse({ ...level('level-0'), requests });
    const heads = requestsOf(scenario, withUser).map((request) =>
      take(new RequestWorkload([request], { data: [], seed: 1 }, wholeLoad), 1).flatMap(({ wire }) =>
        wire.head.match(/^(?:GET \S+|authorization: .*)/gim),
      ),
    );
    expect(heads).toEqual([
      ['GET /base/a', 'Authorization: Basic bWU6cHc='],
      ['GET /base/b', 'authorization: Bearer x'],
      ['GET /c'],
    ]);
  });

  it('fills path, query, headers and body from the rows in turn, each escaped as its place needs', () => {
    const workload = workloadOf(
      [
        {
          method: 'PUT',
          url: '/customers/{{ id }}?note={{ note }}',
          headers: { 'X-Iteration': '{{iteration}}' },
          body: { note: '{{note}}', 'n{{iteration}}': [1] },
        },
      ],
      [
        { id: 'a/b', note: 'say "hi" & go' },
        { id: 7, note: 'ü' },
      ],
    );
    const [first, second, third] = take(workload, 3);
    expect(first && firstLine(first)).toBe('PUT /customers/a%2Fb?note=say%20%22hi%22%20%26%20go HTTP/1.1');
    expect(first?.wire.head).toContain('X-Iteration: 0\r\n');
    expect(first?.wire.head).toContain('Content-Type: application/json\r\n');
    expect(JSON.parse(String(first?.wire.body))).toEqual({ note: 'say "hi" & go', n0: [1] });
    expect(second && firstLine(second)).toBe('PUT /customers/7?note=%C3%BC HTTP/1.1');
    expect(second?.wire.head).toContain(`Content-Length: ${Buffer.byteLength(String(second?.wire.body))}\r\n`);
    expect(third?.wire.head).toContain('X-Iteration: 2\r\n');
    expect(third?.operation).toBe('PUT /customers/:id');
  });

  it('fills in secrets, each escaped as its place needs, and looks at no value again', () => {
    const value = 'a/b "ü" {{id}} {{secret.OTHER}}';
    const workload = workloadOf(
      [
        {
          method: 'POST',
          url: '/{{ secret.TOKEN }}/{{id}}?key={{ secret.TOKEN }}',
          headers: { Authorization: 'Bearer {{secret.TOKEN}}' },
          body: { key: '{{secret.TOKEN}}', id: '{{id}}' },
        },
      ],
      [{ id: 7 }],
      wholeLoad,
      { TOKEN: value, OTHER: 'other' },
    );
    const [request] = take(workload, 1);
    const encoded = encodeURIComponent(value);
    expect(request && firstLine(request)).toBe(`POST /${encoded}/7?key=${encoded} HTTP/1.1`);
    expect(request?.wire.head).toContain(`Authorization: Bearer ${value}\r\n`);
    expect(JSON.parse(String(request?.wire.body))).toEqual({ key: value, id: '7' });
    expect(request?.operation).toBe('POST /:secret.TOKEN/:id');
  });

  it('writes a request with secrets and no other placeholders out once', () => {
    const workload = workloadOf([{ url: '/{{secret.A}}', headers: { A: '{{secret.A}}' } }], [], wholeLoad, { A: 'a' });
    const [first, second] = take(workload, 2);
    expect(first).toBe(second);
    expect(first && firstLine(first)).toBe('GET /a HTTP/1.1');
  });

  it('fills secrets into a URL alone, and leaves its other braces', () => {
    const curl = urlTargetSchema.parse({
      kind: 'url',
      url: 'http://127.0.0.1:3000/{{id}}?key={{secret.A}}',
      headers: [['X-Key', '{{secret.A}}']],
      body: 'k={{secret.A}}&{{id}}',
      method: 'POST',
    });
    const [request] = take(
      new RequestWorkload(
        requestsOf({ requests: undefined }, curl),
        { data: [{ id: 7 }], seed: 1 },
        wholeLoad,
        (name) => (name === 'A' ? 'a&b' : undefined),
      ),
      1,
    );
    expect(request && firstLine(request)).toBe('POST /{{id}}?key=a%26b HTTP/1.1');
    expect(request?.wire.head).toContain('X-Key: a&b\r\n');
    expect(request?.wire.body).toBe('k=a&b&{{id}}');
  });

  it('does not tell secrets when it tells of a redirect', () => {
    const workload = workloadOf([{ url: '/x?key={{secret.A}}' }], [], wholeLoad, { A: 'marker' });
    const [request] = take(workload, 1);
    request?.check(httpResponse({ status: 302, header: () => '/login' }));
    expect(workload.redirect()).toContain('GET http://127.0.0.1:3000/x?key={{secret.A}} is answered by 302');
  });

  it('keeps JSON valid and the head in its lines, whatever the data', () => {
    const line = fc.string().filter((text) => !/[\r\n\0]/.test(text));
    fc.assert(
      fc.property(line, (value) => {
        const workload = workloadOf(
          [{ url: '/{{v}}', headers: { 'X-V': '{{v}}' }, body: { v: '{{v}}' } }],
          [{ v: value }],
        );
        const [request] = take(workload, 1);
        expect(JSON.parse(String(request?.wire.body))).toEqual({ v: value });
        expect(request?.wire.head.split('\r\n')).toHaveLength(9);
      }),
    );
  });

  it('draws requests by weight, and knows their servers', () => {
    const workload = workloadOf([
      { name: 'often', weight: 9, url: '/a' },
      { name: 'rare', url: 'http://localhost:9/b' },
    ]);
    const requests = take(workload, 5_000);
    const rare = requests.filter(({ operation }) => operation === 'rare');
    expect(Math.abs(rare.length / 5_000 - 0.1)).toBeLessThan(0.02);
    expect(workload.origins.map(({ host }) => host)).toEqual(['127.0.0.1:3000', 'localhost:9']);
    expect(new Set(rare.map(({ wire }) => wire.origin))).toEqual(new Set([1]));
    expect(rare[0]?.wire.head).toContain('Host: localhost:9\r\n');
  });

  it('calls a redirect a failure of its own unless it is expected, and says where the first one led', () => {
    const workload = workloadOf([{ url: '/account' }]);
    const [request] = take(workload, 1);
    const answer = (status: number, location?: string) =>
      request?.check(httpResponse({ status, header: (name) => (name === 'location' ? location : undefined) }));
    expect([200, 204, 304, 404, 500].map((status) => answer(status))).toEqual([
      undefined,
      undefined,
      undefined,
      'status-404',
      'status-500',
    ]);
    expect(workload.redirect()).toBeUndefined();
    expect(answer(302, '/login')).toBe('redirected');
    expect(answer(301, '/elsewhere')).toBe('redirected');
    expect(workload.redirect()).toContain(
      'GET http://127.0.0.1:3000/account is answered by 302 and a redirect to /login',
    );
  });

  it('takes a redirect that is expected for a success', () => {
    const workload = workloadOf([{ url: '/account', expectRedirect: true }]);
    const [request] = take(workload, 1);
    expect(request?.check(httpResponse({ status: 302 }))).toBeUndefined();
    expect(workload.redirect()).toBeUndefined();
  });

  it('shares the rows out between load processes', () => {
    const rows = Array.from({ length: 6 }, (_, id) => ({ id }));
    const sent = [0, 1].flatMap((index) =>
      take(workloadOf([{ url: '/{{id}}' }], rows, { index, count: 2 }), 3).map(firstLine),
    );
    expect(new Set(sent).size).toBe(6);
  });

  it.each([
    [[{ url: '/{{id}}' }], [], 'needs {{id}}'],
    [[{ url: '/{{id}}' }], [{ id: 1 }, { other: 2 }], 'not every row'],
    [[{ url: '/a', headers: { 'X Y': '1' } }], [], 'header name'],
    [[{ url: '/a', headers: { X: 'a\r\nb' } }], [], 'one line'],
    [[{ url: '/{{id}}' }], [{ id: 'a\nb' }], 'one line'],
    [[], [], 'requests'],
  ])('refuses %j with %j', (requests, data, reason) => {
    const parsed = scenarioWith(requests, data);
    expect(JSON.stringify(parsed.error?.issues)).toContain(reason);
  });
});
