import type { Catalog } from '../../../shared/ipc/contract';
import { describeClimbEnd } from '../../../shared/ladder/climb';
import { useRunStore } from '../../store/runStore';
import { Card } from '../../ui/Card';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorNote } from '../../ui/ErrorNote';
import { RunIcon } from '../../ui/icons';
import shared from '../../ui/shared.module.css';
import { NextSteps } from './NextSteps';
import { RunReport } from './RunReport';
import styles from './RunScreen.module.css';
import { SampleRun } from './SampleRun';
import { SetupBar } from './SetupBar';
import { UnkeptRun } from './UnkeptRun';

/** The current or last run, or the error of a start. It changes four times a second, unlike the parts above it. */
function RunMain() {
  const view = useRunStore((state) => state.view);
  const error = useRunStore((state) => state.error);
  const climbEnd = useRunStore((state) => state.climbEnd);
  return (
    <section className={shared.wideScreen} aria-label="Run">
      {error && <ErrorNote error={error} />}
      {climbEnd && (
        <Card label="The climb">
          <p role="status">{describeClimbEnd(climbEnd)}</p>
        </Card>
      )}
      {view.document && !view.saved && <UnkeptRun />}
      {view.run ? (
        <RunReport view={view} steps={view.document && <NextSteps view={view} document={view.document} />} />
      ) : (
        <EmptyState icon={RunIcon} sentence="No run is open. Select a level and a target above, then press Run.">
          <SampleRun />
        </EmptyState>
      )}
    </section>
  );
}

export function RunScreen({ catalog }: { catalog: Catalog }) {
  return (
    <div className={styles.screen}>
      <h1 className={styles.hidden}>Run</h1>
      <SetupBar catalog={catalog} />
      <RunMain />
    </div>
  );
}
