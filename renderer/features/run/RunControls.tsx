import type { Catalog } from '../../../shared/ipc/contract';
import { levelMark } from '../../../shared/scenario/describe';
import { chosenRun, quickDuration, useCatalogStore } from '../../store/catalogStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { TargetPicker } from './TargetPicker';

/** The target and the one big action. */
export function RunControls({ catalog }: { catalog: Catalog }) {
  const { levelId, quick, setQuick } = useCatalogStore();
  const running = useRunStore((state) => isRunning(state.view));
  const pending = useRunStore((state) => state.pending);
  const start = useRunStore((state) => state.start);
  const stop = useRunStore((state) => state.stop);
  const level = catalog.levels.find(({ id }) => id === levelId);

  return (
    <>
      <TargetPicker catalog={catalog} />
      <label className="check">
        <input type="checkbox" checked={quick} onChange={(event) => setQuick(event.target.checked)} />
        Quick run of {quickDuration} (marked as shortened)
      </label>
      {running ? (
        <button type="button" className="button action stop" disabled={pending === 'stop'} onClick={() => void stop()}>
          {pending === 'stop' ? 'Stopping …' : 'Stop'}
        </button>
      ) : (
        <button
          type="button"
          className="button action"
          disabled={pending === 'start'}
          onClick={() => void start(chosenRun(useCatalogStore.getState()))}
        >
          Run level {level && levelMark(level)}
        </button>
      )}
    </>
  );
}
