import type { Catalog } from '../../../shared/ipc/contract';
import { levelMark } from '../../../shared/scenario/describe';
import { runCommand } from '../../app/commandActions';
import { chosenClimb, quickDuration, targetLabel, useCatalogStore } from '../../store/catalogStore';
import { useHistoryStore } from '../../store/historyStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { useScenarioStore } from '../../store/scenarioStore';
import { ExportLevel } from './ExportLevel';
import { rungOf } from './ladderState';

/** How the run is made, and the one big action. */
export function RunControls({ catalog }: { catalog: Catalog }) {
  const { levelId, quick, setQuick, takesProfile, setTakesProfile, targetKind } = useCatalogStore();
  const running = useRunStore((state) => isRunning(state.view));
  const pending = useRunStore((state) => state.pending);
  const stop = useRunStore((state) => state.stop);
  const target = useCatalogStore(targetLabel);
  const runs = useHistoryStore((state) => state.runs);
  const own = useScenarioStore((state) => state.kept.scenarios.find(({ id }) => id === levelId));
  const level = catalog.levels.find(({ id }) => id === levelId);
  const isShut = level && runs && !rungOf(catalog.levels, level, runs, target).gate.open;

  return (
    <div className="side-action">
      <label className="check">
        <input type="checkbox" checked={quick} onChange={(event) => setQuick(event.target.checked)} />
        Quick run of {quickDuration} (marked as shortened)
      </label>
      {targetKind === 'engine' && (
        <label className="check" title="The profile costs the service a few per cent of its speed">
          <input type="checkbox" checked={takesProfile} onChange={(event) => setTakesProfile(event.target.checked)} />
          Take a CPU profile (slows the service by a few per cent)
        </label>
      )}
      {running ? (
        <button type="button" className="button action stop" disabled={pending === 'stop'} onClick={() => void stop()}>
          {pending === 'stop' ? 'Stopping …' : 'Stop'}
        </button>
      ) : (
        <button
          type="button"
          className="button action"
          disabled={pending === 'start'}
          onClick={() => runCommand('start')}
        >
          {level ? `Run level ${levelMark(level)}` : `Run ${own?.name ?? levelId}`}
          {isShut && ' anyway'}
        </button>
      )}
    </div>
  );
}

/** What else can be done with the chosen level: climbing to it, and writing it for another tool. */
export function LevelActions({ catalog }: { catalog: Catalog }) {
  const levelId = useCatalogStore((state) => state.levelId);
  const running = useRunStore((state) => isRunning(state.view));
  const climb = useRunStore((state) => state.climb);
  if (running) return null;
  return (
    <div className="level-actions">
      <button
        type="button"
        className="link"
        title="Runs the levels in order until one stays locked"
        onClick={() => void climb(chosenClimb(useCatalogStore.getState()))}
      >
        Climb the levels from 0
      </button>
      {catalog.levels.some(({ id }) => id === levelId) && <ExportLevel levelId={levelId} />}
    </div>
  );
}
