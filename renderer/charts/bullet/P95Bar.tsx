import type { RunSummary } from '../../../shared/run/summary';
import { BulletGraph } from './BulletGraph';
import { latencyBullet } from './bulletScale';

/** The P95 of a run against its limit, beside its number. Nothing when either is unknown. */
export function P95Bar({ run, limitMs }: { run: RunSummary; limitMs: number | undefined }) {
  if (limitMs === undefined || run.p95Ms === null) return null;
  const status = run.verdict === 'passed' || run.verdict === 'failed' ? run.verdict : 'undecided';
  return <BulletGraph scale={latencyBullet(run.p95Ms, run.p95HighMs, limitMs)} status={status} />;
}
