import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFile } from '../system/deniedFile';

const name = 'history';
/** What SQLite keeps beside a database. */
const companions = ['', '-wal', '-shm'] as const;

/** The file of the history in a data folder. */
export function historyFile(dataFolder: string): string {
  return join(dataFolder, `${name}.sqlite`);
}

/** The file whose lock says who has the history open (storeLock.ts). */
export function lockFile(dataFolder: string): string {
  return join(dataFolder, `${name}.lock`);
}

/** Where a repair makes the new history. */
export function unfinishedFile(dataFolder: string): string {
  return join(dataFolder, `${name}-unfinished.sqlite`);
}

/** The new history when it is whole, before it takes the place of the old one. */
export function repairedFile(dataFolder: string): string {
  return join(dataFolder, `${name}-repaired.sqlite`);
}

/** Moves the history out of the way, under a name that is not taken. Returns that file. */
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

/** Has the history repaired when it is opened next: while it is open it can't be moved. Throws `data-folder-unusable`. */
export function requestRepair(dataFolder: string): void {
  if (!existsSync(historyFile(dataFolder))) return;
  const file = repairRequest(dataFolder);
  withFile(file, () => writeFileSync(file, '', { mode: 0o600 }));
}

/** Whether a repair was asked for and has not been made. */
export function isRepairRequested(dataFolder: string): boolean {
  return existsSync(repairRequest(dataFolder));
}

/** Whether a repair was asked for and there is something to repair; it is asked for no longer. */
export function takeRepairRequest(dataFolder: string): boolean {
  const isAsked = isRepairRequested(dataFolder);
  if (isAsked) rmSync(repairRequest(dataFolder), { force: true });
  return isAsked && existsSync(historyFile(dataFolder));
}
