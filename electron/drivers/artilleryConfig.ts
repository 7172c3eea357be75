import type { ArtilleryScript } from '../report/exporters/artilleryScript';
import { type DrivenLoad, skipsVerification } from './drivenLoad';

type Config = ArtilleryScript['script']['config'];

/**
 * The configuration of an exported script for a load that Proofload starts: whether certificates are verified, and no
 * thresholds, which Proofload judges itself.
 */
export function drivenConfig(driven: DrivenLoad, config: Config): Config {
  const { ensure: _ensure, ...plugins } = config.plugins;
  return { ...config, ...(skipsVerification(driven) ? { tls: { rejectUnauthorized: false } } : {}), plugins };
}
