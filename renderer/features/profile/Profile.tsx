import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors/appError';
import type { ProfileSummary } from '../../../shared/profile/cpuProfile';
import type { FlameNode } from '../../../shared/profile/flameTree';
import { formatNumber, formatShare } from '../../../shared/units/format';
import { api, settle } from '../../api/client';
import { FlameGraph } from '../../charts/profile/FlameGraph';
import { ErrorNote } from '../../ui/ErrorNote';

/** The CPU profile that was taken in a run. */
export function Profile({ runId, summary }: { runId: string; summary: ProfileSummary }) {
  const [root, setRoot] = useState<FlameNode>();
  const [error, setError] = useState<AppError>();
  useEffect(() => {
    void settle(api.getFlameTree({ id: runId }), setRoot, setError);
  }, [runId]);
  return (
    <>
      <p className="quiet">
        {formatNumber(summary.samples)} samples: idle for {formatShare(summary.idleShare)} of the time, collecting
        garbage for {formatShare(summary.gcShare)}. Profiling slows the service by a few per cent.
      </p>
      {error && <ErrorNote error={error} />}
      {root && <FlameGraph key={runId} root={root} />}
    </>
  );
}
