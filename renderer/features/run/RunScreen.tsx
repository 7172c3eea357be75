import type { Catalog } from '../../../shared/ipc/contract';
import { describeClimbEnd } from '../../../shared/ladder/climb';
import { useRunStore } from '../../store/runStore';
import { ErrorNote } from '../../ui/ErrorNote';
import { GeneratorPanel } from './GeneratorPanel';
import { Ladder } from './Ladder';
import { OwnScenarios } from './OwnScenarios';
import { LevelActions, RunControls } from './RunControls';
import { RunReport } from './RunReport';
import { SampleRun } from './SampleRun';
import { TargetPicker } from './TargetPicker';
import { UnkeptRun } from './UnkeptRun';

/** What runs, ran last or could not be run; it changes four times a second, what stands beside it does not. */
function RunMain() {
  const view = useRunStore((state) => state.view);
  const error = useRunStore((state) => state.error);
  const climbEnd = useRunStore((state) => state.climbEnd);
  return (
    <section className="run-main" aria-label="Run">
      {error && <ErrorNote error={error} />}
      {climbEnd && (
        <p className="panel" role="status">
          {describeClimbEnd(climbEnd)}
        </p>
      )}
      {view.document && !view.saved && <UnkeptRun />}
      {view.run ? (
        <RunReport view={view} />
      ) : (
        <div className="empty">
          <p>No run yet. Select a level and a target on the left, then press Run.</p>
          <SampleRun />
        </div>
      )}
    </section>
  );
}

export function RunScreen({ catalog }: { catalog: Catalog }) {
  return (
    <div className="run-screen">
      <h1 className="visually-hidden">Run</h1>
      <aside className="run-side" aria-label="What to run">
        <div className="side-lists">
          <Ladder levels={catalog.levels} />
          <OwnScenarios />
          <TargetPicker catalog={catalog} />
          <LevelActions catalog={catalog} />
          <GeneratorPanel />
        </div>
        <RunControls catalog={catalog} />
      </aside>
      <RunMain />
    </div>
  );
}
