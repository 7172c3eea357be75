import type { Catalog } from '../../../shared/ipc/contract';
import { lastOnEachTarget, ownServices } from '../../../shared/ladder/board';
import { gateNeed } from '../../../shared/ladder/gate';
import { rungOf } from '../../../shared/ladder/standing';
import type { RunSummary } from '../../../shared/run/summary';
import { describeLoad, levelMark } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import { redacted } from '../../../shared/secrets/redact';
import { useBoardStore } from '../../store/boardStore';
import { useCatalogStore } from '../../store/catalogStore';
import { useScenarioStore } from '../../store/scenarioStore';
import { useScreenStore } from '../../store/screenStore';
import styles from './board.module.css';
import { OpenCell, RunCell } from './Cell';
import { EngineHead } from './EngineHead';

const open = { open: true, reason: null } as const;

/** Shows the Run screen with a level or scenario chosen. `choose` chooses the target. */
function prepare(scenario: Pick<Scenario, 'id'>, choose: () => void = () => {}): void {
  useCatalogStore.getState().chooseLevel(scenario.id);
  choose();
  useScreenStore.getState().show('run');
}

interface LadderCellsProps {
  levels: readonly Scenario[];
  runs: readonly RunSummary[];
  /** The target as the history names it. */
  target: string;
  name: string;
  onChoose(): void;
}

/** A cell for each level of a target. */
function LadderCells({ levels, runs, target, name, onChoose }: LadderCellsProps) {
  const found = useBoardStore((state) => state.capacities).find((capacity) => capacity.target === target);
  return levels.map((level) => {
    const { last, gate } = rungOf(levels, level, runs, target);
    const subject = `level ${levelMark(level)} on ${name}`;
    return (
      <td key={level.id}>
        {last ? (
          <RunCell scenario={level} last={last} subject={subject} found={found} />
        ) : (
          <OpenCell
            subject={subject}
            gate={gate}
            need={gateNeed(levels, level)}
            title={describeLoad(level.load)}
            onChoose={() => prepare(level, onChoose)}
          />
        )}
      </td>
    );
  });
}

/** The runs of one of the user's scenarios, one for each target. */
function ScenarioRow({ scenario, runs, span }: { scenario: Scenario; runs: readonly RunSummary[]; span: number }) {
  const last = lastOnEachTarget(runs, scenario.id);
  return (
    <tr>
      <th scope="row">
        {scenario.name}
        <span className={styles.about}>{describeLoad(scenario.load, scenario)}</span>
      </th>
      <td colSpan={span}>
        <div className={styles.chips}>
          {last.map((run) => (
            <RunCell
              key={run.id}
              scenario={scenario}
              last={run}
              caption={run.target}
              subject={`${scenario.name} on ${run.target}`}
            />
          ))}
          {last.length === 0 && (
            <OpenCell
              subject={scenario.name}
              gate={open}
              title={describeLoad(scenario.load, scenario)}
              onChoose={() => prepare(scenario)}
            />
          )}
        </div>
      </td>
    </tr>
  );
}

function GroupRow({ title, span }: { title: string; span: number }) {
  return (
    <tr className={styles.group}>
      <th scope="rowgroup" colSpan={span}>
        {title}
      </th>
    </tr>
  );
}

/** A service whose URL has a secret must be typed again, because the history does not have the secret. */
function chooseService(url: string): void {
  const { chooseUrl, setUrl } = useCatalogStore.getState();
  chooseUrl();
  if (!url.includes(redacted)) setUrl(url);
}

/** Engines and external services by levels, and the user's scenarios by targets. Each cell shows the last run. */
export function Board({ catalog, runs }: { catalog: Catalog; runs: readonly RunSummary[] }) {
  const { levels, engines, defaultEngine } = catalog;
  const scenarios = useScenarioStore((state) => state.kept.scenarios);
  const services = ownServices(runs, levels);
  const span = levels.length + 1;
  return (
    <div className={styles.scrolling}>
      <table className={styles.board} aria-label="Engines by levels">
        <thead>
          <tr>
            <th scope="col">Engine</th>
            {levels.map((level) => (
              <th key={level.id} scope="col" title={describeLoad(level.load)}>
                <span className={styles.mark}>{levelMark(level)}</span> {level.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {engines.map((engine) => (
            <tr key={engine.id}>
              <EngineHead engine={engine} isDefault={engine.id === defaultEngine.engine} />
              <LadderCells
                levels={levels}
                runs={runs}
                target={engine.id}
                name={engine.name}
                onChoose={() => useCatalogStore.getState().chooseEngine(engine.id)}
              />
            </tr>
          ))}
        </tbody>
        {services.length > 0 && (
          <tbody>
            <GroupRow title="Your services" span={span} />
            {services.map((url) => (
              <tr key={url}>
                <th scope="row" title={url}>
                  <span className={styles.service}>{url}</span>
                </th>
                <LadderCells levels={levels} runs={runs} target={url} name={url} onChoose={() => chooseService(url)} />
              </tr>
            ))}
          </tbody>
        )}
        {scenarios.length > 0 && (
          <tbody>
            <GroupRow title="Your scenarios" span={span} />
            {scenarios.map((scenario) => (
              <ScenarioRow key={scenario.id} scenario={scenario} runs={runs} span={levels.length} />
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}
