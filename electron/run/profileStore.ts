import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CpuProfile } from '../../shared/profile/cpuProfile';

/** Where the CPU profile of a run is kept, as Chrome and other tools read it. */
export function profileFile(dataFolder: string, runId: string): string {
  return join(dataFolder, 'profiles', `${runId}.cpuprofile`);
}

/** Keeps the CPU profile of a run. Throws what the file system throws. */
export function keepProfile(dataFolder: string, runId: string, profile: CpuProfile): void {
  mkdirSync(join(dataFolder, 'profiles'), { recursive: true });
  writeFileSync(profileFile(dataFolder, runId), JSON.stringify(profile));
}
