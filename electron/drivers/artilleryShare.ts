import { type Shard, shareOf } from '../load/schedule/shard';
import type { ArtilleryScript, Phase } from '../report/exporters/artilleryScript';
import { type DrivenLoad, skipsVerification } from './drivenLoad';

type Config = ArtilleryScript['script']['config'];

/** The share of a phase that one of several processes or machines makes. */
function phaseShare(phase: Phase, shard: Shard): Phase {
  const { arrivalRate, arrivalCount, maxVusers } = phase;
  return {
    ...phase,
    ...(arrivalRate === undefined ? {} : { arrivalRate: Number(arrivalRate) / shard.count }),
    ...(arrivalCount === undefined ? {} : { arrivalCount: shareOf(Number(arrivalCount), shard) }),
    ...(maxVusers === undefined ? {} : { maxVusers: Math.max(1, shareOf(Number(maxVusers), shard)) }),
  };
}

/**
 * The configuration of an exported script for one of several processes or machines: its share of the phases, and whether
 * certificates are verified. It has no thresholds, which Proofload judges itself.
 */
export function configShare(driven: DrivenLoad, config: Config, shard: Shard): Config {
  const { ensure: _ensure, ...plugins } = config.plugins;
  return {
    ...config,
    phases: config.phases.map((phase) => phaseShare(phase, shard)),
    ...(skipsVerification(driven) ? { tls: { rejectUnauthorized: false } } : {}),
    plugins,
  };
}
