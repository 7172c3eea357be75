import type { Catalog } from '../../../shared/ipc/contract';
import { describeClimbEnd } from '../../../shared/ladder/climb';
import { useRunStore } from '../../store/runStore';
import { ErrorNote } from '../../ui/ErrorNote';
import { GeneratorPanel } from './GeneratorPanel';
import { HostConfirmation } from './HostConfirmation';
import { Ladder } from './Ladder';
import { RunControls } from './RunControls';
import { RunReport } from './RunReport';

export function RunScreen({ catalog }: { catalog: Catalog }) {
  const view = useRunStore((state) => state.view);
  const error = useRunStore((state) => state.error);
  const climbEnd = useRunStore((state) => state.climbEnd);
  return (
    <div className="run-screen">
      <aside className="run-side" aria-label="What to run">
        <Ladder levels={catalog.levels} />
        <RunControls catalog={catalog} />
        <GeneratorPanel />
      </aside>
      <section className="run-main" aria-label="Run">
        {error && <ErrorNote error={error} />}
        <HostConfirmation />
        {climbEnd && (
          <p className="panel" role="status">
            {describeClimbEnd(climbEnd)}
          </p>
        )}
        {view.run ? (
          <RunReport view={view} />
        ) : (
          <div className="empty">
            <p>Nothing has run yet. Choose a level and a target on the left, then press Run.</p>
          </div>
        )}
      </section>
    </div>
  );
}
