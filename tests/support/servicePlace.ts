import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { servicePlace } from '../../electron/postgres/serverUser';

/** Removes what the embedded PostgreSQL has kept of a data folder of root, which its account can't enter. */
export function removeServicePlace(dataFolder: string): void {
  const place = servicePlace(join(dataFolder, 'postgres'));
  for (const path of [place, `${place}.lease`]) rmSync(path, { recursive: true, force: true });
}

/** Where the embedded PostgreSQL of a data folder keeps its data. */
export function embeddedData(dataFolder: string): string {
  const folder = join(dataFolder, 'postgres');
  return join(existsSync(join(folder, 'data')) ? folder : servicePlace(folder), 'data');
}
