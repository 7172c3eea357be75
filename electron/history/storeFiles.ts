import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFile } from '../system/deniedFile';

const name = 'history';
/** The files that SQLite keeps beside a database, by suffix. */
const companions = ['', '-wal', '-shm'] as const;

/** The file of the history in a data folder. */
export function historyFile(dataFolder: string): string {
  return join(dataFolder, `${name}.sqlite`);
}

/** The file whose lock says which processes have the history open (storeLock.ts). */
export function lockFile(dataFolder: string): string {
  return join(dataFolder, `${name}.lock`);
}

/** The file in which a repair builds the new history. */
export function unfinishedFile(dataFolder: string): string {
  return join(dataFolder, `${name}-unfinished.sqlite`);
}

/** The complete new history, before it replaces the old one. */
export function repairedFile(dataFolder: string): string {
  return join(dataFolder, `${name}-repaired.sqlite`);
}

/** Moves the history to an unused name. Returns that path. */
export function setAside(dataFolder: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-');
  const candidates = (function* () {
    for (let attempt = 1; ; attempt += 1)
      yield join(dataFolder, `${name}-damaged-${stamp}${attempt === 1 ? '' : `-${attempt}`}.sqlite`);
  })();
  for (const file of candidates) {
    if (existsSync(file)) continue;
    for (const companion of companions) {
      const from = `${historyFile(dataFolder)}${companion}`;
      if (existsSync(from)) renameSync(from, `${file}${companion}`);
    }
    return file;
  }
  throw new Error('unreachable: there is always another name');
}

function repairRequest(dataFolder: string): string {
  return join(dataFolder, `${name}.repair`);
}

/**
 * Requests a repair when the history is opened next, because an open store cannot be moved. Throws
 * `data-folder-unusable`.
 */
export function requestRepair(dataFolder: string): void {
  if (!existsSync(historyFile(dataFolder))) return;
  const file = repairRequest(dataFolder);
  withFile(file, () => writeFileSync(file, '', { mode: 0o600 }));
}

/** Whether a repair was requested and is still pending. */
export function isRepairRequested(dataFolder: string): boolean {
  return existsSync(repairRequest(dataFolder));
}

/** Clears a request for a repair. Returns whether there was one, and a history to repair. */
export function takeRepairRequest(dataFolder: string): boolean {
  const isAsked = isRepairRequested(dataFolder);
  if (isAsked) rmSync(repairRequest(dataFolder), { force: true });
  return isAsked && existsSync(historyFile(dataFolder));
}
