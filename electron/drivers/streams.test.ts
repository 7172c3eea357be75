import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../shared/scenario/schema';
import { artilleryResponses } from './artilleryResponses';
import { ArtilleryStream } from './artilleryStream';
import { K6Stream } from './k6Stream';
import type { ToolListener } from './toolEvents';

function recorder(): { listener: ToolListener; told: unknown[][] } {
  const told: unknown[][] = [];
  const note =
    (name: string) =>
    (...args: unknown[]): void => {
      told.push([name, ...args]);
    };
  const listener: ToolListener = {
    started: note('started'),
    sent: note('sent'),
    ended: note('ended'),
    phase: note('phase'),
    dropped: note('dropped'),
    iterationBegan: note('iterationBegan'),
    iterationEnded: note('iterationEnded'),
    checked: note('checked'),
    wasLate: note('wasLate'),
  };
  return { listener, told };
}

const time = '2026-07-08T05:15:32.863235797Z';
const atMs = Date.parse(time);

function point(metric: string, value: number, tags: Record<string, string> | null): string {
  return JSON.stringify({ metric, type: 'Point', data: { time, value, tags } });
}

describe('samples of k6', () => {
  const tags = { expected_response: 'true', operation: 'read', name: 'x', scenario: 'proofload', status: '200' };

  it('become a request, with the connection that was opened for it and the time that took', () => {
    const { listener, told } = recorder();
    const stream = new K6Stream(listener);
    const values = { duration: 30, blocked: 2.5, connecting: 0.1, tls_handshaking: 2, waiting: 29, receiving: 1 };
    stream.line('running (00m01.0s), 10/10 VUs');
    stream.line('{"type":"Metric","data":{"name":"http_reqs","type":"counter"},"metric":"http_reqs"}');
    stream.line(point('http_reqs', 1, tags));
    for (const [name, value] of Object.entries(values)) stream.line(point(`http_req_${name}`, value, tags));
    stream.line(point('http_req_failed', 0, tags));
    expect(told).toEqual([
      [
        'ended',
        {
          startedMs: atMs - 32.5,
          endedMs: atMs,
          operation: 'read',
          failure: undefined,
          opensConnection: true,
          phases: {
            http_req_blocked: 2.5,
            http_req_connecting: 0.1,
            http_req_tls_handshaking: 2,
            http_req_waiting: 29,
            http_req_receiving: 1,
          },
          isWarmup: false,
        },
      ],
    ]);
  });

  it.each([
    [{ status: '503' }, 'status-503'],
    [{ status: '0', error_code: '1050' }, 'timeout'],
    [{ status: '0', error_code: '1101' }, 'host-unknown'],
    [{ status: '0', error_code: '1212' }, 'connection-refused'],
    [{ status: '0', error_code: '1220' }, 'connection-reset'],
    [{ status: '0' }, 'connection-failed'],
  ])('of a failed request have its kind: %j', (failed, kind) => {
    const { listener, told } = recorder();
    const stream = new K6Stream(listener);
    stream.line(point('http_req_duration', 3, { ...tags, ...failed, expected_response: 'false' }));
    stream.end();
    expect(told[0]?.[1]).toMatchObject({ failure: kind, opensConnection: false, phases: {} });
  });

  it('tell the start, what was dropped, checks and iterations, but for those of the warm-up', () => {
    const { listener, told } = recorder();
    const stream = new K6Stream(listener, ['buy']);
    for (const scenario of ['warmup', 'proofload']) {
      stream.line(point('dropped_iterations', 3, { scenario }));
      stream.line(point('checks', 1, { scenario, check: 'is right', operation: 'read' }));
      stream.line(point('iteration_duration', 50, { scenario }));
    }
    stream.line(point('proofload_started', 1, { group: '::setup' }));
    stream.line(point('vus', 3, null));
    expect(told).toEqual([
      ['dropped', atMs, 3],
      ['checked', atMs, 'read', 'is right', true],
      ['iterationEnded', 'buy', atMs - 50, atMs],
      ['started', atMs],
    ]);
  });

  it('that can not be read are no silence', () => {
    expect(() => new K6Stream(recorder().listener).line('{"type":"Point","metric":1}')).toThrow();
    expect(() => new K6Stream(recorder().listener).line('{"type":')).toThrow();
  });
});

describe('what the plugin of Artillery tells', () => {
  const scenario = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'a',
    name: 'A',
    load: { executor: 'constant-arrival-rate', rate: 1, duration: '1s' },
    journeys: [
      {
        name: 'buy',
        steps: [
          {
            name: 'login',
            url: '/login',
            checks: [
              { name: 'sends on', status: [302, { min: 200, max: 204 }] },
              { name: 'body', bodyContains: 'a' },
              { name: 'page', jsonPath: '$.page', equals: 1 },
              { name: 'size', maxBodyBytes: 9 },
            ],
          },
          { name: 'cart', url: '/cart' },
        ],
      },
    ],
  });
  const right = { expected: [true], failedCaptures: [], failedMatches: [] };
  /** One event of the measured part. */
  const one = { times: 1, isWarmup: false };

  function tell(...lines: unknown[][]): unknown[][] {
    const { listener, told } = recorder();
    const stream = new ArtilleryStream(listener, artilleryResponses(scenario));
    for (const line of lines) stream.line(JSON.stringify(line));
    return told;
  }

  it('is a request with its checks by name; what Artillery does not check is not counted', () => {
    expect(tell(['r', 'login', 1_000, 1_020, 1_015, 302, null, right, true, false])).toEqual([
      ['checked', 1_020, 'login', 'sends on', true, one],
      ['checked', 1_020, 'login', 'body', true, one],
      ['checked', 1_020, 'login', 'page', true, one],
      [
        'ended',
        {
          startedMs: 1_000,
          endedMs: 1_020,
          operation: 'login',
          failure: undefined,
          opensConnection: true,
          phases: { http_req_receiving: 5 },
          isWarmup: false,
        },
      ],
    ]);
  });

  it.each([
    ['a status that was not asked for', ['r', 'login', 1, 2, 2, 500, null, right, false, null], 'status-500'],
    ['a redirect that nobody asked for', ['r', 'cart', 1, 2, 2, 302, null, null, false, null], 'status-302'],
    ['a capture', ['r', 'login', 1, 2, 2, 302, null, { ...right, failedCaptures: ['x'] }, false, null], 'check-failed'],
    [
      'a match',
      ['r', 'login', 1, 2, 2, 302, null, { ...right, failedMatches: ['$.page'] }, false, null],
      'check-failed',
    ],
    [
      'an expectation',
      ['r', 'login', 1, 2, 2, 302, null, { ...right, expected: [false] }, false, null],
      'check-failed',
    ],
    ['no connection', ['r', 'cart', 1, 2, null, null, 'ECONNREFUSED', null, false, null], 'connection-refused'],
    ['an error of its own', ['r', 'cart', 1, 2, null, null, 'ERR_GOT', null, false, null], 'connection-failed'],
  ])('fails for %s', (_name, line, kind) => {
    expect(tell(line).at(-1)?.[1]).toMatchObject({ failure: kind });
  });

  it('is a start, a send, an iteration and a delay', () => {
    expect(tell(['b', 1], ['s', 2, true], ['j', 'buy', 3, false], ['i', 'buy', 3, 4, false], ['u', 5, 6])).toEqual([
      ['started', 1],
      ['sent', 2, true],
      ['iterationBegan', 'buy', 3, false],
      ['iterationEnded', 'buy', 3, 4, one],
      ['wasLate', 5, 6],
    ]);
    expect(tell(['s', 2, null], ['j', 'buy', 3, null], ['i', 'buy', 3, 4, null])).toEqual([
      ['sent', 2, undefined],
      ['iterationBegan', 'buy', 3, undefined],
      ['iterationEnded', 'buy', 3, 4, undefined],
    ]);
    expect(() => tell(['z'])).toThrow();
  });
});
