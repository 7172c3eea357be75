import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../shared/run/verdict';
import { scenarioSchema } from '../../shared/scenario/schema';
import type { Cli } from '../support/cli';
import type { Shop } from '../support/shop';
import { beforeEachWithShop } from '../support/shopTests';

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A recorder that keeps what a browser would write to a HAR file. */
function recorderOf(origin: string) {
  const entries: object[] = [];
  let atMs = Date.parse('2026-01-01T00:00:00Z');
  const ask = async (path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Response> => {
    const url = new URL(path, origin).href;
    const answer = await fetch(url, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });
    const text = await answer.clone().text();
    const pairs = (of: Iterable<[string, string]>): object[] => [...of].map(([name, value]) => ({ name, value }));
    entries.push({
      startedDateTime: new Date(atMs).toISOString(),
      time: 20,
      request: {
        method,
        url,
        headers: pairs(Object.entries(headers)),
        ...(body === undefined ? {} : { postData: { mimeType: headers['Content-Type'] ?? '', text: body } }),
      },
      response: {
        status: answer.status,
        headers: pairs(answer.headers),
        content: { mimeType: answer.headers.get('content-type') ?? '', text },
      },
    });
    atMs += 120;
    return answer;
  };
  return { ask, har: () => JSON.stringify({ log: { creator: { name: 'Test' }, entries } }) };
}

describe('a recording', () => {
  let cli: Cli;
  let shop: Shop;
  beforeEachWithShop((...own) => {
    [cli, shop] = own;
  });

  /** A visit with a login, a token, an order and a look at it. */
  async function record(): Promise<string> {
    const { ask, har } = recorderOf(shop.url);
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const page = await ask('/login');
    const csrf = /value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    const visit = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const login = await ask('/login', {
      method: 'POST',
      headers: { ...form, Cookie: visit },
      body: `user=ann&csrf=${csrf}`,
    });
    const Cookie = `${visit}; ${login.headers.getSetCookie()[0]?.split(';')[0]}`;
    const { access_token: token } = Object(await (await ask('/token', { headers: { Cookie } })).json());
    await ask('/account', { headers: { Authorization: `Bearer ${token}` } });
    const order = {
      method: 'POST',
      headers: { Cookie, 'Content-Type': 'application/json' },
      body: '{"product":"p1","quantity":1,"key":"k"}',
    };
    const made = await ask('/orders', order);
    await ask(made.headers.get('location') ?? '', { headers: { Cookie } });
    return har();
  }

  it('becomes a journey that logs in again, with its think times', async () => {
    writeFileSync(cli.file('visit.har'), await record());
    const recorded = shop.counts.logins;
    const listed = await cli.run('scenario', 'import', cli.file('visit.har'));
    expect(listed.stderr).toContain('As it was recorded: csrf: input csrf of GET /login');
    const out = cli.file('visit.json');
    const made = await cli.run('scenario', 'import', cli.file('visit.har'), '--correlate', '--out', out);
    expect(made.code, made.stderr).toBe(0);
    expect(made.stdout).toMatch(/6 requests imported, as a journey of 11 steps/);
    expect(made.stdout).toMatch(/csrf: input csrf of GET \/login comes back in POST \/login \(body csrf\)/);
    expect(made.stdout).toMatch(
      /access_token: \$\.access_token of GET \/token comes back in GET \/account \(header Authorization\)/,
    );
    expect(made.stdout).toMatch(/session: cookie session of POST \/login comes back in .*: virtual users keep it/);
    const text = readFileSync(out, 'utf8');
    // Nothing of the recorded session is left.
    expect(text).not.toMatch(/csrf-\d|visit-\d|session-\d|token-\d|order-\d/);
    const { journeys = [] } = scenarioSchema.parse(JSON.parse(text));
    expect(journeys[0]?.steps.filter((step) => 'thinkTime' in step)).toHaveLength(5);

    const checked = await cli.run('scenario', 'check', out);
    expect(checked.stdout).toContain('11 steps');
    const run = await cli.run(
      'run',
      out,
      '--vus',
      '3',
      '--duration',
      '4s',
      '--warmup',
      '0s',
      '--out',
      cli.file('run.json'),
    );
    const { metrics } = cli.document('run.json');
    expect([exitCodes.passed, exitCodes.inconclusive, exitCodes.failed], run.stderr).toContain(run.code);
    expect(metrics.errors).toEqual({});
    const completed = Object.values(metrics.by_journey ?? {}).reduce((sum, journey) => sum + journey.completed, 0);
    expect(completed).toBeGreaterThan(0);
    expect(shop.counts.logins - recorded).toBeGreaterThanOrEqual(completed);
  });

  it('becomes single requests where they are wanted', async () => {
    writeFileSync(cli.file('visit.har'), await record());
    const out = cli.file('visit.json');
    const { stdout } = await cli.run('scenario', 'import', cli.file('visit.har'), '--weights', '--out', out);
    expect(stdout).not.toContain('comes back');
    const { requests, journeys } = scenarioSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect([requests?.length, journeys]).toEqual([6, undefined]);
  });
});
