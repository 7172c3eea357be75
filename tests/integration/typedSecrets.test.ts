import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unpack } from '../../electron/history/packing';
import { openDatabase } from '../../electron/sqlite/openDatabase';
import { runFormats, scenarioFormats } from '../../shared/interchange/formats';
import { exitCodes } from '../../shared/run/verdict';
import { Cli, type CliResult } from '../support/cli';
import {
  allTextPaths,
  guardedJourneys,
  guardedScenario,
  guardedTarget,
  harmlessPaths,
  Markers,
  plantedPaths,
} from '../support/secretFields';
import { startServer } from '../support/testServer';

const fixture = resolve(import.meta.dirname, '../fixtures/imports/autocannon-9.0.json');
const named = 'PROOFLOAD_SECRET_NAMED';

/** All files of a folder, links left out. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isFile());
}

/** What is packed in a history, which no search of the file finds: documents and the seconds of runs. */
function unpacked(file: string): Buffer[] {
  const database = openDatabase(file, { readonly: true });
  try {
    const rows = ['documents', 'responses'].flatMap((table) =>
      z.array(z.instanceof(Buffer)).parse(database.prepare(`SELECT packed FROM ${table}`).pluck().all()),
    );
    return rows.map(unpack);
  } finally {
    database.close();
  }
}

describe('secrets that are typed for a run', () => {
  const markers = new Markers();
  const received: string[] = [];
  const outputs: string[] = [];
  let cli: Cli;
  let elsewhere: Cli;
  let server: Awaited<ReturnType<typeof startServer>>;
  let scenarioFile: string;
  let journeysFile: string;
  /** What was found in the data folder while the first run went on, and the modes of what was there. */
  let midRun: { found: unknown[]; open: string[]; files: number };
  let umask: number;

  /** Files and folders of a data folder that others may read or enter. */
  function openTo(folder: string): string[] {
    return [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))]
      .filter((path) => (lstatSync(path).mode & 0o077) !== 0)
      .map((path) => relative(folder, path));
  }

  /** Whatever the verdict of a run is, it has one. */
  const verdicts = [...Object.values(exitCodes)];

  async function noted(result: Promise<CliResult>, codes: readonly number[] = [0]): Promise<CliResult> {
    const { code, stdout, stderr } = await result;
    outputs.push(stdout, stderr);
    expect(codes, `exit code ${code}: ${stderr}`).toContain(code);
    return { code, stdout, stderr };
  }

  const run = (...args: string[]): Promise<CliResult> => noted(cli.run(...args));

  beforeAll(async () => {
    // As open as a system may make what is new.
    umask = process.umask(0);
    cli = new Cli();
    // As an earlier version has left it.
    mkdirSync(cli.dataFolder);
    writeFileSync(join(cli.dataFolder, 'settings.json'), '{}');
    elsewhere = new Cli();
    const accessToken = markers.plant('requests[].auth.clientSecret', 'the token that it is for');
    server = await startServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { pathname } = new URL(request.url ?? '', server.url);
        const all = `${request.url} ${JSON.stringify(request.rawHeaders)} ${Buffer.concat(chunks)}`;
        received.push(all);
        if (pathname.startsWith('/token')) {
          response.end(JSON.stringify({ access_token: accessToken, expires_in: 1 }));
          return;
        }
        // A server that sends back what it was sent, so that it comes into warnings and logs.
        if (pathname.startsWith('/echo'))
          response.writeHead(302, { Location: `/elsewhere?${encodeURIComponent(all)}` });
        response.end('ok');
      });
    });
    scenarioFile = cli.file('scenario.json');
    writeFileSync(scenarioFile, JSON.stringify(guardedScenario(markers, server.url)));
    journeysFile = cli.file('journeys.json');
    writeFileSync(journeysFile, JSON.stringify(guardedJourneys(markers)));
  });
  afterAll(async () => {
    process.umask(umask);
    cli.dispose();
    elsewhere.dispose();
    await server.close();
  });

  it('are looked for in every field that the schemas have', () => {
    const all = new Markers();
    guardedScenario(all, server.url);
    guardedJourneys(all);
    guardedTarget(all, server.url);
    const known = [...plantedPaths(all), ...Object.keys(harmlessPaths)];
    // What a body of JSON holds is planted as the body.
    const asked = allTextPaths().map((path) =>
      path.replace(/^((?:requests|(?:journeys\[\]|setup|teardown)\.steps)\[\]\.body)(?:[.[{].*)?$/, '$1'),
    );
    expect([...new Set(asked)].filter((path) => !known.includes(path))).toEqual([]);
    expect(known.filter((path) => !asked.includes(path))).toEqual([]);
  });

  it('are sent, and are in no file and no output but the one that the user has written', async () => {
    const out = (name: string): string[] => [
      '--out',
      cli.file(`${name}.json`),
      '--html',
      cli.file(`${name}.html`),
      '--junit',
      cli.file(`${name}.xml`),
      '--summary-markdown',
      cli.file(`${name}.md`),
    ];
    const first = cli.start(['run', scenarioFile, '--url', server.url, ...out('first')]);
    await first.stderrHas(/running/);
    midRun = {
      found: filesIn(cli.dataFolder).flatMap((file) => markers.in(readFileSync(file))),
      open: openTo(cli.dataFolder),
      files: filesIn(cli.dataFolder).length,
    };
    await noted(first.done, verdicts);
    const target = guardedTarget(markers, server.url);
    await noted(cli.run('run', 'level-0', ...target, '--duration', '1s', '--warmup', '0s', ...out('second')), verdicts);
    const secret = markers.plant('target.headers[][1]', 'a secret by its name');
    const byName = ['--url', server.url, '-H', 'X-API-Key: {{secret.NAMED}}', '--duration', '1s', '--warmup', '0s'];
    await noted(cli.start(['run', 'level-0', ...byName, ...out('third')], { [named]: secret }).done, verdicts);

    await noted(cli.run('run', journeysFile, '--url', server.url, ...out('fourth')), verdicts);

    const variants = ['a', 'b'].map((name) => `${server.url}${name}?token=${markers.plant('target.url', 'a variant')}`);
    const experiment = ['--level', 'level-0', '--pairs', '2', '--duration', '1s', '--warmup', '0s'];
    const { stderr } = await noted(
      cli.run('experiment', '--variants', variants.join(','), ...experiment, '--out', cli.file('experiment.json')),
      verdicts,
    );
    const [, experimentId = ''] = /experiment (\S+);/.exec(stderr) ?? [];
    const refused = await noted(cli.run('experiment', '--resume', experimentId), [2]);
    expect(refused.stderr).toContain('had secrets that were typed, and these are not saved');

    const ids = ['first', 'second', 'third', 'fourth'].map((name) => cli.document(`${name}.json`).id);
    for (const id of ids) {
      await run('history', 'show', id);
      await run('history', 'show', id, '--json');
      for (const format of runFormats) await run('export', id, '--to', format);
    }
    for (const format of scenarioFormats) {
      await run('export', ids[0] ?? '', '--to', format, '--out', cli.file(`run.${format}`));
      await run('export', scenarioFile, '--to', format, '--url', server.url, '--out', cli.file(`scenario.${format}`));
    }
    await run('history', 'list');
    await run('history', 'list', '--json');
    await run('compare', ids[1] ?? '', ids[2] ?? '');
    await run('history', 'backup', cli.file('backup.sqlite'));
    // A run can't be repeated from what is kept of it: that says so, and sends nothing.
    writeFileSync(cli.file('kept.json'), JSON.stringify(cli.document('first.json').scenario));
    const again = await noted(cli.run('run', cli.file('kept.json'), '--url', server.url), [2]);
    expect(again.stderr).toContain('replaces the secrets');

    const sent = received.join('\n');
    expect(markers.planted.filter(({ marker, isSent }) => isSent && !sent.includes(marker))).toEqual([]);
  }, 120_000);

  it('are not taken over from what others have made: a run document, and the result of another tool', async () => {
    const raw = { ...cli.document('first.json'), id: '20260101-000000-abcdef' };
    const scenario = JSON.parse(readFileSync(scenarioFile, 'utf8'));
    const message = `failed at ${server.url}?token=${markers.plant('log', 'the log of another Proofload', false)}`;
    const files = [cli.file('imported-run.json'), cli.file('imported-result.json')] as const;
    writeFileSync(files[0], JSON.stringify({ ...raw, scenario, log: [{ level: 'info', message }] }));
    const subject = `http://u:${markers.plant('result.subject', 'userinfo', false)}@127.0.0.1/?token=${markers.plant('result.subject', 'query', false)}`;
    writeFileSync(files[1], JSON.stringify({ ...JSON.parse(readFileSync(fixture, 'utf8')), url: subject }));
    const { stdout } = await noted(elsewhere.run('import', '--json', ...files));
    const imported: { imported: { id: string }[] } = JSON.parse(stdout);
    expect(imported.imported).toHaveLength(2);
    for (const { id } of imported.imported) {
      await noted(elsewhere.run('history', 'show', id));
      await noted(elsewhere.run('export', id, '--to', 'json'));
    }
    await noted(elsewhere.run('history', 'list'));
  }, 60_000);

  it('are found nowhere', () => {
    const own = new Set([scenarioFile, journeysFile, cli.file('imported-run.json'), cli.file('imported-result.json')]);
    const files = [cli.folder, elsewhere.folder].flatMap(filesIn).filter((file) => !own.has(file));
    const histories = files.filter((file) => file.endsWith('.sqlite'));
    const places = [
      ...files.map((file) => [relative(cli.folder, file), readFileSync(file)] as const),
      ...histories.flatMap((file) => unpacked(file).map((bytes) => [`${file}, unpacked`, bytes] as const)),
      ...outputs.map((text, index) => [`output ${index}`, Buffer.from(text)] as const),
    ];
    // The search finds what is there.
    expect(markers.in(readFileSync(scenarioFile)).length).toBeGreaterThan(100);
    expect(histories).toHaveLength(3);
    const found = places.flatMap(([place, bytes]) =>
      markers.in(bytes).map(({ path, about }) => `${place}: ${path}, ${about}`),
    );
    expect(found).toEqual([]);
    expect(midRun.found).toEqual([]);
    expect(midRun.files).toBeGreaterThan(1);
    process.stdout.write(
      `secrets: ${markers.planted.length} fields; ${files.length} files and ${outputs.length} outputs searched, ${midRun.files} files in mid-run: ${found.length} found\n`,
    );
  });

  it('are in a folder that every command closes, as an earlier version has left it', async () => {
    for (const path of [cli.dataFolder, ...filesIn(cli.dataFolder)]) chmodSync(path, 0o755);
    await cli.run('history', 'list');
    expect(openTo(cli.dataFolder)).toEqual([]);
  });

  it('are in a folder that nobody else may enter, and exports are as the user has files', () => {
    expect(midRun.open).toEqual([]);
    expect(openTo(cli.dataFolder)).toEqual([]);
    for (const name of ['first.json', 'first.html', 'first.xml', 'run.k6', 'backup.sqlite'])
      expect([name, (lstatSync(cli.file(name)).mode & 0o777).toString(8)]).toEqual([name, '666']);
  });
});
