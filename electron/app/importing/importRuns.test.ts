import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryStore } from '../../history/historyStore';
import { openHistory } from '../../history/openHistory';
import { type ImportFile, importInto, importRuns } from './importRuns';

const header = 'timeStamp,elapsed,label,success\n';

describe('an import', () => {
  let folder: string;
  let history: HistoryStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-import-runs-'));
    history = openHistory(join(folder, 'data'));
  });
  afterEach(() => {
    history.close();
    rmSync(folder, { recursive: true });
  });

  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('keeps what can be read when another file can not', async () => {
    const paths = [file('page.html', '<html>'), file('good.jtl', `${header}1000,5,read,true\n`)];
    const { imported, errors } = await importRuns(paths, importInto(history, new Date()));
    expect(imported.map(({ name }) => name)).toEqual(['JMeter: good.jtl']);
    expect(errors).toMatchObject([{ code: 'import-failed', message: expect.stringContaining('page.html') }]);
    expect(history.count({})).toBe(1);
  });

  it('that is stopped keeps what was imported before, nothing of the file, and reads no other', async () => {
    const long = file('long.jtl', header + '1000,5,read,true\n'.repeat(100_000));
    const paths = [file('first.jtl', `${header}1000,5,read,true\n`), long, file('last.jtl', `${header}1,5,x,true\n`)];
    const stopping = new AbortController();
    const shares: number[] = [];
    const { imported, errors } = await importRuns(paths, importInto(history, new Date()), {
      signal: stopping.signal,
      onProgress: ({ number, of, share }) => {
        expect(of).toBe(3);
        if (number !== 2) return;
        shares.push(share);
        if (share > 0.4) stopping.abort();
      },
    });
    expect(imported.map(({ name }) => name)).toEqual(['JMeter: first.jtl']);
    expect(errors).toMatchObject([{ code: 'interrupted', message: 'the import of long.jtl was stopped' }]);
    expect(shares.at(-1)).toBeLessThan(0.8);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(history.count({})).toBe(1);
  });

  it('tells how long the rest of a file takes, also of one that is read again with care', async () => {
    let nowMs = 1_000;
    const left: (number | null)[] = [];
    const shares = [0.005, 0.25, 0.5, 0.1, 0.2];
    const importFile: ImportFile = async (_path, { onRead }) => {
      for (const share of shares) {
        nowMs += 1_000;
        onRead?.(share);
      }
      return [];
    };
    await importRuns(['a.jtl'], importFile, { nowMs: () => nowMs, onProgress: ({ leftMs }) => left.push(leftMs) });
    expect(left).toEqual([null, null, 6_000, 3_000, null, 4_000]);
  });
});
