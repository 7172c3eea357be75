import type { RunSummary } from '../../../shared/run/summary';
import { p95Status } from '../../../shared/thresholds/p95Status';
import { BulletGraph } from './BulletGraph';
import { latencyBullet } from './bulletScale';

/** The P95 of a run against its limit, beside its number. Nothing when either is unknown. */
export function P95Bar({ run, limitMs }: { run: RunSummary; limitMs: number | undefined }) {
  if (limitMs === undefined || run.p95Ms === null) return null;
  return <BulletGraph scale={latencyBullet(run.p95Ms, run.p95HighMs, limitMs)} status={p95Status(run, limitMs)} />;
}
