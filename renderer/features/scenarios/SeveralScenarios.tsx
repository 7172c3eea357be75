import type { ReactNode } from 'react';
import type { ScenarioDraft } from '../../../shared/scenario/draft';
import { plainExecutorNames } from '../../../shared/scenario/executorFields';
import { useScenarioStore } from '../../store/scenarioStore';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { Checkbox } from '../../ui/Field';
import shared from '../../ui/shared.module.css';
import { type Raw, textOf } from '../scenarioDraft/draftValues';
import { type FormContext, setValue, TextField } from '../scenarioDraft/fields';
import form from '../scenarioDraft/form.module.css';
import {
  journeyNamesOf,
  journeysIn,
  scenariosOf,
  withExecutor,
  withJourneyIn,
  withNewScenario,
  withOneLoad,
  withoutScenario,
} from '../scenarioDraft/severalEdits';
import { LoadFields } from './LoadFields';
import { ScenarioTimes } from './ScenarioTimes';
import styles from './scenarios.module.css';

/** Changes the shown draft in one undo step. */
function edit(field: string, change: (draft: ScenarioDraft) => ScenarioDraft): void {
  useScenarioStore.getState().edit(field, change);
}

interface ScenarioProps extends FormContext {
  /** Its index among the scenarios. */
  place: number;
  scenario: Raw;
}

/** The choice of the journeys of one of several scenarios. A journey that is chosen leaves the scenario that had it. */
function Journeys({ draft, problems, isReadOnly, place, scenario }: ScenarioProps) {
  const own = journeysIn(scenario);
  const names = new Set([...journeyNamesOf(draft), ...own]);
  const path = `load.scenarios.${place}.journeys`;
  return (
    <fieldset className={styles.scenarioJourneys}>
      <legend>Journeys</legend>
      {[...names].map((name) => (
        <Checkbox
          key={name}
          checked={own.includes(name)}
          disabled={isReadOnly}
          onChange={({ target }) =>
            edit(`${path} ${name}`, (before) => withJourneyIn(before, name, target.checked ? place : undefined))
          }
        >
          {name}
        </Checkbox>
      ))}
      {problems
        .filter((problem) => problem.path.startsWith(path))
        .map(({ message }) => (
          <p key={message} className={form.problem}>
            {message}
          </p>
        ))}
    </fieldset>
  );
}

/** One of several scenarios: its name, its start, its journeys and its load. */
function ScenarioCard(props: ScenarioProps) {
  const { place, scenario, ...context } = props;
  const count = scenariosOf(context.draft).length;
  const path = `load.scenarios.${place}`;
  const driver = context.problems.find((problem) => problem.path === `${path}.driver`);
  return (
    <Card label={`Scenario ${textOf(scenario.name) || place + 1}`}>
      <div className={styles.scenarioCard}>
        <LoadFields
          {...context}
          path={path}
          names={plainExecutorNames}
          before={
            <>
              <TextField {...context} path={`${path}.name`} label="Scenario" />
              <TextField {...context} path={`${path}.startTime`} label="Start after" placeholder="0s" />
            </>
          }
          onExecutor={(name) => setValue(path, withExecutor(scenario, name))}
        />
        {driver && <p className={form.problem}>{driver.message}</p>}
        <Journeys {...props} />
        <Button
          variant="link"
          disabled={context.isReadOnly || count === 1}
          onClick={() => edit(`scenarios remove ${place} of ${count}`, (before) => withoutScenario(before, place))}
        >
          Remove the scenario
        </Button>
      </div>
    </Card>
  );
}

/** The loads of several scenarios in one run. */
export function SeveralScenarios({ warmup, ...context }: FormContext & { warmup: ReactNode }) {
  const { draft, isReadOnly, problems } = context;
  const scenarios = scenariosOf(draft);
  return (
    <>
      <div className={styles.formGrid}>{warmup}</div>
      {problems
        .filter(({ path }) => path === 'load.scenarios')
        .map(({ message }) => (
          <p key={message} className={form.problem}>
            {message}
          </p>
        ))}
      {scenarios.map((scenario, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a scenario is known by its place
        <ScenarioCard key={place} {...context} place={place} scenario={scenario} />
      ))}
      <div className={shared.toolbar}>
        <Button
          variant="link"
          disabled={isReadOnly}
          onClick={() => edit(`scenarios add ${scenarios.length}`, withNewScenario)}
        >
          Add a scenario
        </Button>
        <Button variant="link" disabled={isReadOnly} onClick={() => edit('one load', withOneLoad)}>
          Use one load for all journeys
        </Button>
      </div>
      <ScenarioTimes draft={draft} />
    </>
  );
}
