import { cpus, release, totalmem } from 'node:os';
import type { Environment } from '../../shared/run/document';
import { SpinningClock } from '../load/clock';
import { sqliteBuild, sqliteVersion } from '../sqlite/openDatabase';
import { readPowerSource } from './powerSource';

/** The fingerprint of this machine and this build. */
export function readEnvironment(appVersion: string): Environment {
  const processors = cpus();
  const { electron, node } = process.versions;
  return {
    proofload: appVersion,
    runtime: electron ? `Electron ${electron}` : `Node ${node}`,
    node,
    sqlite: sqliteVersion(),
    sqliteBuild: sqliteBuild(),
    platform: `${process.platform} ${process.arch}`,
    osRelease: release(),
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    pacing: SpinningClock.description,
    power: readPowerSource(),
  };
}
