import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportFormats } from '../../shared/interchange/formats';
import { Cli, type CliResult } from '../support/cli';
import { startServer } from '../support/testServer';

/** Two markers that look alike in every encoding, and one that does not. */
const secrets = { TOKEN: 'marker-of-a-token', KEY: 'marker of & a "key"/ü' };
const marker = /marker.{1,12}of/i;

interface Seen {
  line: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const scenarioFor = (url: string) => ({
  schema: 'proofload.scenario/1',
  id: 'secret',
  name: 'Secret',
  load: { executor: 'shared-iterations', vus: 1, iterations: 40 },
  requests: [
    {
      method: 'POST',
      url: '/{{secret.TOKEN}}/x?key={{ secret.KEY }}',
      headers: { Authorization: 'Bearer {{secret.TOKEN}}' },
      body: { key: '{{secret.KEY}}', id: '{{id}}' },
    },
    { url: '/moved?key={{secret.KEY}}&token={{secret.TOKEN}}' },
    { url: '/plain', headers: { 'X-Braces': '{{ no }} {{secret.}}' } },
    { url: `http://{{secret.TOKEN}}:{{secret.KEY}}@${new URL(url).host}/user` },
  ],
  data: [{ id: 7, no: 1 }],
  thresholds: { http_req_failed: ['rate<=1'] },
});

/** All files in a folder and in those in it, as bytes in which each byte is a character. */
function filesIn(folder: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({ name, text: readFileSync(join(parentPath, name), 'latin1') }));
}

describe('secrets', () => {
  let cli: Cli;
  let seen: Seen[];
  let target: Awaited<ReturnType<typeof startServer>>;
  beforeEach(async () => {
    cli = new Cli();
    seen = [];
    // It sends back whatever it gets, in all places that a report quotes.
    target = await startServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        const { headers, url = '' } = request;
        seen.push({ line: `${request.method} ${url}`, headers, body });
        response.setHeader('Server-Timing', `${secrets.TOKEN};dur=1;desc="${secrets.TOKEN}"`);
        if (!url.startsWith('/moved')) response.end(JSON.stringify({ url, headers, body }));
        else response.writeHead(302, { Location: `/login?from=${url}` }).end();
      });
    });
    writeFileSync(cli.file('scenario.json'), JSON.stringify(scenarioFor(target.url)));
  });
  afterEach(async () => {
    await target.close();
    cli.dispose();
  });

  const run = (args: string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> =>
    cli.start(['run', cli.file('scenario.json'), '--url', target.url, ...args], env).done;

  it('are sent, and are in nothing that is printed, kept or exported', async () => {
    const files = ['--out', cli.file('run.json'), '--junit', cli.file('run.xml'), '--html', cli.file('run.html')];
    const made = await run([...files, '--secret', `TOKEN=${secrets.TOKEN}`], { PROOFLOAD_SECRET_KEY: secrets.KEY });
    expect(made.code).toBe(0);

    const posts = seen.filter(({ line }) => line.startsWith('POST'));
    expect(posts.length).toBeGreaterThan(0);
    const key = encodeURIComponent(secrets.KEY);
    for (const { line, headers, body } of posts) {
      expect(line).toBe(`POST /${secrets.TOKEN}/x?key=${key}`);
      expect(headers.authorization).toBe(`Bearer ${secrets.TOKEN}`);
      expect(JSON.parse(body)).toEqual({ key: secrets.KEY, id: '7' });
    }
    expect(seen.find(({ line }) => line === 'GET /user')?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${secrets.TOKEN}:${secrets.KEY}`).toString('base64')}`,
    );
    expect(seen.find(({ line }) => line === 'GET /plain')?.headers['x-braces']).toBe('1 {{secret.}}');

    const { id, log, scenario: kept } = cli.document('run.json');
    expect(JSON.stringify(kept.requests)).toContain('Bearer {{secret.TOKEN}}');
    expect(log.map(({ message }) => message).join()).toContain(
      'a redirect to /login?from=/moved?key={{secret.KEY}}&token={{secret.TOKEN}}',
    );
    const printed = [made];
    for (const format of exportFormats)
      printed.push(await cli.run('export', id, '--to', format, '--out', cli.file(`export.${format}`)));
    printed.push(await cli.run('history', 'show', id, '--json'), await cli.run('history', 'show', id));
    expect(printed.map(({ code }) => code)).toEqual(printed.map(() => 0));
    for (const { stdout, stderr } of printed) expect(stdout + stderr).not.toMatch(marker);
    const all = filesIn(cli.folder);
    expect(all.length).toBeGreaterThan(exportFormats.length + 4);
    expect(all.filter(({ text }) => marker.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('that are not known keep a run from being begun, with how to give them', async () => {
    const { code, stderr } = await run(['--secret', `TOKEN=${secrets.TOKEN}`], { KEY: secrets.KEY });
    expect(code).toBe(2);
    expect(stderr).toContain('the secret KEY has no value');
    expect(stderr).toContain('--secret KEY');
    expect(stderr).toContain('PROOFLOAD_SECRET_KEY');
    expect(seen).toEqual([]);
    expect(JSON.parse((await cli.run('history', 'list', '--json')).stdout)).toEqual([]);
  });

  it('that are not known keep an experiment from being begun, whichever variant names them', async () => {
    const variants = `${target.url},${target.url}?key={{secret.KEY}}`;
    const { code, stderr } = await cli.run('experiment', '--variants', variants, '--level', 'level-0');
    expect([code, seen]).toEqual([2, []]);
    expect(stderr).toContain('the secret KEY has no value');
  });

  it('are refused where they would be lines of their own', async () => {
    const { code, stderr } = await run(['--secret', `TOKEN=${secrets.TOKEN}`], {
      PROOFLOAD_SECRET_KEY: `${secrets.KEY}\r\nX-Evil: 1`,
    });
    expect([code, seen]).toEqual([2, []]);
    expect(stderr).toContain('more than one line');
    expect(stderr).not.toMatch(marker);
  });

  it('are sent by autocannon too', async () => {
    const load = { executor: 'constant-vus', vus: 1, duration: '1s', driver: 'autocannon' };
    const requests = [{ url: '/', headers: { 'X-Key': '{{secret.TOKEN}}' } }];
    writeFileSync(cli.file('scenario.json'), JSON.stringify({ ...scenarioFor(target.url), load, requests, data: [] }));
    const { code } = await run(['--out', cli.file('run.json'), '--secret', `TOKEN=${secrets.TOKEN}`]);
    expect(code).toBe(0);
    expect(new Set(seen.map(({ headers }) => headers['x-key']))).toEqual(new Set([secrets.TOKEN]));
    expect(readFileSync(cli.file('run.json'), 'utf8')).not.toMatch(marker);
  });
});
