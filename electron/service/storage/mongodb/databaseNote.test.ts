import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseName, forgetDatabase, noteDatabase, readDatabaseNotes, serverDigest } from './databaseNote';

const url = 'mongodb://someone:secret@127.0.0.1:27017/?directConnection=true';

describe('the note of a database', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-note-'));
    mkdirSync(join(folder, 'checks'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const name = databaseName('20260101-000000-AAAAAA_checks');
  const note = (): void => noteDatabase(join(folder, 'checks'), name, url);
  const file = (): string => join(folder, 'checks', `${name}.database.json`);

  it('is found in folders below until the database is dropped', () => {
    note();
    expect(name).toBe('proofload_run_20260101_000000_aaaaaa_checks');
    expect(readDatabaseNotes(folder)).toEqual([{ file: file(), database: name, server: serverDigest(url) }]);
    forgetDatabase(join(folder, 'checks'), name);
    expect(readDatabaseNotes(folder)).toEqual([]);
    expect(readDatabaseNotes(join(folder, 'gone'))).toEqual([]);
  });

  it('tells servers apart, and holds neither user nor password', () => {
    note();
    const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.json'))
      .map((path) => readFileSync(join(folder, path), 'utf8'))
      .join();
    expect(text).not.toMatch(/secret|someone/);
    expect(serverDigest(url)).toBe(serverDigest(url.replace('someone:secret', 'other:p%40ss')));
    expect(serverDigest(url)).not.toBe(serverDigest(url.replace('27017', '27018')));
  });

  it('counts for nothing in a copy of the folder: there the database is another owner’s', () => {
    note();
    cpSync(folder, `${folder}-copy`, { recursive: true });
    expect(readDatabaseNotes(`${folder}-copy`)).toEqual([]);
    rmSync(`${folder}-copy`, { recursive: true });
  });

  it('has no other database dropped than one of a run', () => {
    note();
    const written = JSON.parse(readFileSync(file(), 'utf8'));
    for (const database of ['admin', 'proofload_run_', 'proofload_run_a/../b', 'customers']) {
      writeFileSync(file(), JSON.stringify({ ...written, database }));
      expect(readDatabaseNotes(folder)).toEqual([]);
    }
    writeFileSync(file(), '{"schema"');
    expect(readDatabaseNotes(folder)).toEqual([]);
  });
});
