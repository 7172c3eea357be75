import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const fixture = resolve(import.meta.dirname, '../fixtures/screens/level-2-sqlite.json');

/**
 * Writes so many runs of level 2 on `sqlite` that are alike, twelve seconds each and a day apart, and returns their
 * paths: for tests of what is done with runs, which need none that is made anew.
 */
export function writeSavedRuns(folder: string, count: number): string[] {
  const document = JSON.parse(readFileSync(fixture, 'utf8'));
  return Array.from({ length: count }, (_, place) => {
    const day = String(place + 1).padStart(2, '0');
    const startedAt = `2026-01-${day}T00:00:00.000Z`;
    const endedAt = `2026-01-${day}T00:00:12.000Z`;
    const file = join(folder, `saved-run-${day}.json`);
    writeFileSync(file, JSON.stringify({ ...document, id: `202601${day}-000000-0a0b0c`, startedAt, endedAt }));
    return file;
  });
}
