import { describe, expect, it } from 'vitest';
import { PartProfile } from '../../shared/attribution/partProfile';
import { httpResponse } from '../../tests/support/factories';
import { Exchange } from './http/exchange';
import { RequestParts } from './requestParts';

/** The profile of one request, in us: 100 until it is sent, 20 to open, 1,000 until the first byte, 50 to receive. */
function profileOf(serverTiming: string | undefined): PartProfile {
  const exchange = new Exchange(() => {});
  exchange.response = httpResponse({ header: () => serverTiming });
  const profile = new PartProfile();
  new RequestParts(() => {}).record(profile, exchange, 100, 20, 1_000, 50);
  return profile;
}

/** The recorded parts of the request, in us. */
function recordedOf(serverTiming: string): Record<string, number> {
  const { parts, sumsUs } = profileOf(serverTiming).toSparse();
  return Object.fromEntries(parts.map((part, column) => [part, sumsUs[column + 1] ?? 0]));
}

function partsOf(serverTiming: string | undefined): Record<string, number> {
  const band = profileOf(serverTiming).band(0, 1);
  expect(band?.meanUs).toBe(1_170);
  return Object.fromEntries(band?.partsUs ?? []);
}

const client = { send_wait: 100, connect: 20, receive: 50 };

describe('the parts of a request', () => {
  it('of the document service are all named: the rest is network', () => {
    expect(partsOf('loop;dur=0.2, cache;dur=0.01, fetch;dur=0.3, handler;dur=0.5')).toEqual({
      ...client,
      network: 300,
      'server.loop': 200,
      'server.cache': 10,
      'server.fetch': 300,
      'server.handler': 190,
    });
  });

  it('never let the event loop have kept a request for longer than it was outside of the handler', () => {
    expect(partsOf('loop;dur=40, handler;dur=0.9')).toEqual({ ...client, 'server.loop': 100, 'server.handler': 900 });
  });

  it('of a service that names its whole time as total are as good', () => {
    expect(partsOf('db;dur=0.6, total;dur=0.7')).toEqual({
      ...client,
      network_and_waiting: 300,
      'server.db': 600,
      'server.handler': 100,
    });
  });

  it('call the rest network only where the service says how long its event loop kept the request waiting', () => {
    expect(partsOf('loop;dur=0, total;dur=0.7')).toEqual({ ...client, network: 300, 'server.handler': 700 });
    expect(partsOf('total;dur=0.7')).toEqual({ ...client, network_and_waiting: 300, 'server.handler': 700 });
    expect(partsOf('total;dur=0')).toEqual({ ...client, network_and_waiting: 1_000 });
  });

  it('add up to the response time as they are recorded, also when the service names more than was waited for', () => {
    const sums = recordedOf('app;dur=0.9, db;dur=0.8');
    expect(sums).toMatchObject({ unattributed: -700, 'server.app': 900, 'server.db': 800, longest_inner: 900 });
    expect(recordedOf('db;dur=0.8, sql;dur=0.7, total;dur=0.9')).toMatchObject({
      network_and_waiting: 100,
      'server.handler': -600,
    });
  });

  it('of a service that names only parts leave the rest unattributed', () => {
    expect(partsOf('db;dur=0.6')).toEqual({ ...client, unattributed: 400, 'server.db': 600 });
  });

  it.each([undefined, '', 'nonsense', 'db', 'db;desc="no duration"'])(
    'are unattributed with the header %s',
    (header) => {
      expect(partsOf(header)).toEqual({ ...client, unattributed: 1_000 });
    },
  );

  it('hand every metric on to its own distribution', () => {
    const seen: [string, number][] = [];
    const exchange = new Exchange(() => {});
    exchange.response = httpResponse({ header: () => 'loop;dur=1, db;dur=2, handler;dur=3' });
    const parts = new RequestParts((name, durationUs) => seen.push([name, durationUs]));
    parts.record(new PartProfile(), exchange, 0, 0, 10_000, 0);
    expect(seen).toEqual([
      ['loop', 1_000],
      ['db', 2_000],
      ['handler', 3_000],
    ]);
  });
});
