import type { Catalog } from '../../../shared/ipc/contract';
import { rungOf } from '../../../shared/ladder/standing';
import { generatorNames, k6Image } from '../../../shared/run/driver';
import { quickDuration } from '../../../shared/run/quickRun';
import { levelMark } from '../../../shared/scenario/describe';
import { runCommand } from '../../commands/commandActions';
import { type CatalogState, chosenClimb, targetLabel, useCatalogStore } from '../../store/catalogStore';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { useScenarioStore } from '../../store/scenarioStore';
import { Button } from '../../ui/Button';
import { Checkbox, Field } from '../../ui/Field';
import { ClimbIcon, PlayIcon, StopIcon } from '../../ui/icons';
import { Select } from '../../ui/Select';
import { ExportLevel } from './ExportLevel';
import styles from './Setup.module.css';

/** The limitation of a run with another tool, shown before the run. */
const toolHint =
  'It does not report how late it sends, so with an arrival rate no response time can be proven to pass.';
/** The hints for the choices of a generator. The window starts no load on other machines. */
const generatorHints: Readonly<Record<CatalogState['generator'], string>> = {
  proofload: 'Use the command line to start a load in Kubernetes or on AWS.',
  k6: toolHint,
  'k6-docker': `${toolHint} Docker pulls ${k6Image} if it is missing.`,
  artillery: toolHint,
};

/** The options for how the run is made. */
export function RunChoices() {
  const { quick, setQuick, takesProfile, setTakesProfile, targetKind, catalog, generator, chooseGenerator } =
    useCatalogStore();
  const others = catalog?.generators ?? [];
  return (
    <>
      <Checkbox checked={quick} onChange={(event) => setQuick(event.target.checked)}>
        Quick run of {quickDuration} (marked as shortened)
      </Checkbox>
      {targetKind === 'engine' && (
        <Checkbox
          checked={takesProfile}
          title="Shows in which functions the service spends its time"
          onChange={(event) => setTakesProfile(event.target.checked)}
        >
          Record a CPU profile (slows the service by a few per cent)
        </Checkbox>
      )}
      {others.length > 0 && (
        <Field label="Generator" hint={generatorHints[generator]}>
          <Select
            label="Generator"
            value={generator}
            choices={[['proofload', 'Proofload'], ...others.map((other) => [other, generatorNames[other]] as const)]}
            onChange={chooseGenerator}
          />
        </Field>
      )}
    </>
  );
}

/** The main button: starts the chosen run, or stops the current one. */
export function RunButton({ catalog }: { catalog: Catalog }) {
  const levelId = useCatalogStore((state) => state.levelId);
  const running = useRunStore((state) => isRunning(state.view));
  const pending = useRunStore((state) => state.pending);
  const stop = useRunStore((state) => state.stop);
  const target = useCatalogStore(targetLabel);
  const runs = useRecentRunsStore((state) => state.runs);
  const own = useScenarioStore((state) => state.kept.scenarios.find(({ id }) => id === levelId));
  const level = catalog.levels.find(({ id }) => id === levelId);
  const isLocked = level && runs && !rungOf(catalog.levels, level, runs, target).gate.open;
  if (running)
    return (
      <Button variant="danger" size="large" icon={StopIcon} disabled={pending === 'stop'} onClick={() => void stop()}>
        {pending === 'stop' ? 'Stopping …' : 'Stop'}
      </Button>
    );
  return (
    <Button
      variant="primary"
      size="large"
      icon={PlayIcon}
      disabled={pending === 'start'}
      onClick={() => runCommand('start')}
    >
      <span>
        {level ? `Run level ${levelMark(level)}` : `Run ${own?.name ?? levelId}`}
        {isLocked && ' anyway'}
      </span>
    </Button>
  );
}

/** Other actions for the chosen level: climbing to it, and exporting it for another tool. */
export function LevelActions({ catalog }: { catalog: Catalog }) {
  const levelId = useCatalogStore((state) => state.levelId);
  const running = useRunStore((state) => isRunning(state.view));
  const climb = useRunStore((state) => state.climb);
  return (
    <div className={styles.actions}>
      <Button
        size="small"
        icon={ClimbIcon}
        disabled={running}
        title="Runs the levels in order until one stays locked"
        onClick={() => void climb(chosenClimb(useCatalogStore.getState()))}
      >
        Climb the levels from 0
      </Button>
      {catalog.levels.some(({ id }) => id === levelId) && <ExportLevel levelId={levelId} />}
    </div>
  );
}
