import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../support/cli';
import { startServer } from '../support/testServer';

const traceparent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-01$/;

describe('a scenario with trace contexts', () => {
  let cli: Cli;
  let server: Awaited<ReturnType<typeof startServer>>;
  let bytes: number;
  const received: string[] = [];
  beforeEach(async () => {
    cli = new Cli();
    received.length = 0;
    bytes = 0;
    server = await startServer((request, response) => {
      received.push(String(request.headers.traceparent));
      const lines = request.rawHeaders.flatMap((text, place) => (place % 2 === 0 ? [`${text}: `] : [`${text}\r\n`]));
      bytes += `${request.method} ${request.url} HTTP/1.1\r\n${lines.join('')}\r\n`.length;
      response.end('ok');
    });
  });
  afterEach(async () => {
    cli.dispose();
    await server.close();
  });

  const work = {
    'single requests': { requests: [{ name: 'home', url: '/' }] },
    journeys: { journeys: [{ name: 'visit', steps: [{ name: 'home', url: '/', checks: [{ status: 200 }] }] }] },
  };

  async function run(scenario: object) {
    const file = cli.file('scenario.json');
    const load = { executor: 'per-vu-iterations', vus: 2, iterations: 20, maxDuration: '30s' };
    const rest = { schema: 'proofload.scenario/1', id: 'traced', name: 'Traced', load };
    writeFileSync(file, JSON.stringify({ ...rest, ...scenario }));
    const out = cli.file('run.json');
    await cli.run('run', file, '--url', server.url, '--quiet', '--out', out);
    return cli.document('run.json');
  }

  it.each(Object.entries(work))('sends another with each of its %s, and counts its bytes', async (kind, requests) => {
    const { metrics } = await run({ ...requests, tracing: 'w3c' });
    expect(metrics.http_reqs.count).toBe(40);
    const ids = received.map((value) => traceparent.exec(value)?.[1]);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(40);
    expect(metrics.data_by_operation?.home?.sentBytes).toBe(kind === 'journeys' ? bytes : undefined);
  });

  it('sends none unless it asks for them', async () => {
    await run(work['single requests']);
    expect(new Set(received)).toEqual(new Set(['undefined']));
  });
});
