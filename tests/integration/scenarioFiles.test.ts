import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Cli } from '../support/cli';
import { startServer } from '../support/testServer';

let cli: Cli;
beforeEach(() => {
  cli = new Cli();
});
afterEach(() => cli.dispose());

it('requests of a command are sent as curl would send them', async () => {
  const seen = new Set<string>();
  const server = await startServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { 'x-key': key, 'content-type': type } = request.headers;
      seen.add(JSON.stringify([request.method, request.url, key, type, Buffer.concat(chunks).toString()]));
      response.end('ok');
    });
  });
  try {
    const commands = cli.file('commands.sh');
    writeFileSync(
      commands,
      `curl -sG ${server.url}s --data-urlencode 'q=a b' -H 'X-Key: {{literal}}'\ncurl --json '{"a":1}' ${server.url}orders\n`,
    );
    const out = cli.file('scenario.json');
    const imported = await cli.run('scenario', 'import', commands, '--out', out);
    expect([imported.code, imported.stderr]).toEqual([0, '']);
    expect((await cli.run('scenario', 'check', out)).code).toBe(0);
    const { code } = await cli.run('run', out, '--duration', '1s', '--warmup', '0s', '--no-save');
    expect(code).not.toBe(2);
    expect([...seen].sort()).toEqual(
      [
        ['GET', '/s?q=a%20b', '{{literal}}', null, ''],
        ['POST', '/orders', null, 'application/json', '{"a":1}'],
      ]
        .map((request) => JSON.stringify(request))
        .sort(),
    );
  } finally {
    await server.close();
  }
}, 60_000);
