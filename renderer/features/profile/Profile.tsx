import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors/appError';
import type { ProfileSummary } from '../../../shared/profile/cpuProfile';
import type { FlameNode } from '../../../shared/profile/flameTree';
import { profileSentence } from '../../../shared/report/sections/profile';
import { api, settle } from '../../api/client';
import { FlameGraph } from '../../charts/profile/FlameGraph';
import { ErrorNote } from '../../ui/ErrorNote';
import shared from '../../ui/shared.module.css';

/** The CPU profile of a run. */
export function Profile({ runId, summary }: { runId: string; summary: ProfileSummary }) {
  const [root, setRoot] = useState<FlameNode>();
  const [error, setError] = useState<AppError>();
  useEffect(() => {
    void settle(api.getFlameTree({ id: runId }), setRoot, setError);
  }, [runId]);
  return (
    <>
      <p className={shared.quiet}>{profileSentence(summary)}</p>
      {error && <ErrorNote error={error} />}
      {root && <FlameGraph key={runId} root={root} />}
    </>
  );
}
