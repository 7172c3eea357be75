import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { servicePlace } from '../../electron/postgres/serverUser';

/** Removes what the embedded PostgreSQL has kept of a data folder of root, which its account can't enter. */
export function removeServicePlace(dataFolder: string): void {
  const place = servicePlace(join(dataFolder, 'postgres'));
  for (const path of [place, `${place}.lease`]) rmSync(path, { recursive: true, force: true });
}
