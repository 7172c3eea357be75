import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDocument } from '../../tests/support/factories';
import {
  type ReadFile,
  type ReadingCommand,
  type ReadingReport,
  readFileSchema,
  readingReportSchema,
} from './protocol';
import { serveReading } from './serveReading';

/** Gives a reading process a command. Resolves with its last report. */
function asked(command: ReadingCommand): Promise<ReadingReport> {
  return new Promise((resolve) => {
    serveReading({
      send: (message) => {
        // The parent also parses reports: what is not in the protocol is lost.
        const report = readingReportSchema.parse(structuredClone(message));
        if (report.type !== 'progress') resolve(report);
      },
      onMessage: (listen) => listen(command),
    });
  });
}

/** What a reading process has read from a file. */
async function readOf(path: string): Promise<ReadFile> {
  const report = await asked({ type: 'result', path });
  if (report.type !== 'result') throw new Error(`it has told ${report.type}`);
  return readFileSchema.parse(JSON.parse(report.json));
}

describe('the process that reads files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-reading-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  const curl = `curl -X POST http://127.0.0.1:1/orders?x=1 -H 'X-Name: ann' -H 'Content-Type: application/json' --data-raw '{"a":1}'`;

  it('finds the requests of a text and of a file, with all that they have', async () => {
    const expected = {
      type: 'requests',
      requests: {
        requests: [
          {
            method: 'POST',
            url: 'http://127.0.0.1:1/orders?x=1',
            headers: { 'X-Name': 'ann' },
            body: expect.anything(),
          },
        ],
      },
    };
    expect(await asked({ type: 'requests', text: curl })).toMatchObject(expected);
    expect(await asked({ type: 'requests-of-file', path: file('a.txt', curl) })).toMatchObject(expected);
  });

  it('reads results of other tools, and runs without the loss of a figure', async () => {
    const log = file('a.jtl', 'timeStamp,elapsed,label,success\n1000,5,read,true\n');
    expect(await readOf(log)).toMatchObject({
      file: 'a.jtl',
      content: { kind: 'results', results: [{ tool: 'jmeter', metrics: { http_reqs: { count: 1 } } }] },
    });
    const document = runDocument();
    expect(await readOf(file('run.json', JSON.stringify(document)))).toEqual({
      file: 'run.json',
      content: { kind: 'run', document },
    });
  });

  it('refuses what is none of these, is not there or is too large', async () => {
    const large = file('large.har', '{');
    truncateSync(large, 65 * 2 ** 20);
    for (const command of [
      { type: 'requests', text: 'hello' },
      { type: 'requests-of-file', path: join(folder, 'missing') },
      { type: 'result', path: file('page.html', '<html>') },
    ] as const)
      expect(await asked(command)).toMatchObject({ type: 'failed', error: { code: 'import-failed' } });
    expect(await asked({ type: 'requests-of-file', path: large })).toMatchObject({
      type: 'failed',
      error: { code: 'import-failed', message: expect.stringContaining('65 MB, more than the 64 MB') },
    });
  });
});
