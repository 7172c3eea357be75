import type { Catalog } from '../../../shared/ipc/contract';
import { useCatalogStore } from '../../store/catalogStore';
import { isRunning, useRunStore } from '../../store/runStore';

const quickDuration = '30s';

/** The engine picker and the one big action. */
export function RunControls({ catalog }: { catalog: Catalog }) {
  const { levelId, engine, quick, chooseEngine, setQuick } = useCatalogStore();
  const running = useRunStore((state) => isRunning(state.view));
  const pending = useRunStore((state) => state.pending);
  const start = useRunStore((state) => state.start);
  const stop = useRunStore((state) => state.stop);
  const level = catalog.levels.find(({ id }) => id === levelId);

  return (
    <>
      <fieldset className="engines">
        <legend>Storage engine</legend>
        {catalog.engines.map(({ id, name, description, durability }) => (
          <label key={id} className="engine" title={description}>
            <input type="radio" name="engine" value={id} checked={id === engine} onChange={() => chooseEngine(id)} />
            <span>
              <span className="engine-name">{name}</span>
              <span className="quiet">
                {id}, durability: {durability}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
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
          onClick={() => void start(levelId, engine, quick ? quickDuration : undefined)}
        >
          Run level {level?.level}
        </button>
      )}
    </>
  );
}
