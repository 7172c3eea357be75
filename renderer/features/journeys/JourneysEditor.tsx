import { useMemo } from 'react';
import { unusedVariables } from '../../../shared/scenario/variableUse';
import { chosenService, useCatalogStore } from '../../store/catalogStore';
import { useScenarioStore } from '../../store/scenarioStore';
import { useTryStore } from '../../store/tryStore';
import { Button } from '../../ui/Button';
import { ErrorNote } from '../../ui/ErrorNote';
import { Checkbox } from '../../ui/Field';
import { ReorderList } from '../../ui/ReorderList';
import shared from '../../ui/shared.module.css';
import { textOf } from '../scenarioDraft/draftValues';
import { changeList, type FormContext, setValue } from '../scenarioDraft/fields';
import fields from '../scenarioDraft/form.module.css';
import { journeysOf, moved, newJourney } from '../scenarioDraft/journeyEdits';
import { entryActions, JourneyCard } from './JourneyCard';
import styles from './journeys.module.css';
import { VariableRows } from './VariableRows';

/** What virtual users keep from one iteration to the next. */
function UserOptions({ draft, isReadOnly }: FormContext) {
  const option = (path: string, words: string) => (
    <Checkbox
      checked={draft[path] === true}
      disabled={isReadOnly}
      onChange={({ target }) => setValue(path, target.checked ? true : undefined)}
    >
      {words}
    </Checkbox>
  );
  return (
    <div className={shared.toolbar}>
      {option('noCookiesReset', 'Keep cookies from one iteration to the next')}
      {option('noVUConnectionReuse', 'Open new connections in each iteration')}
    </div>
  );
}

/** The journeys of a scenario, in order. */
export function JourneysEditor(form: FormContext) {
  const { draft, problems, isReadOnly } = form;
  const unused = useMemo(() => unusedVariables(draft), [draft]);
  const context = { ...form, unused };
  const { error, of, tryShown } = useTryStore();
  const shown = useScenarioStore((state) => state.shown);
  const journeys = journeysOf(draft);
  const names = journeys.map(({ name }, place) => textOf(name) || `journey ${place + 1}`);
  return (
    <div className={styles.editor}>
      {error && of?.scenario === shown && <ErrorNote error={error} />}
      {problems
        .filter(({ path }) => /^(?:journeys$|requests|data|no[A-Z])/.test(path))
        .map(({ path, message }) => (
          <p key={`${path} ${message}`} className={fields.problem}>
            {message}
          </p>
        ))}
      <ReorderList
        label="Journeys"
        names={names}
        isDisabled={isReadOnly}
        onMove={(from, to) => changeList('journeys', `move ${from} to ${to}`, (list) => moved(list, from, to))}
        renderItem={(place, handle) => (
          <JourneyCard
            {...context}
            place={place}
            journey={journeys[place] ?? {}}
            name={names[place] ?? ''}
            handle={handle}
            actions={entryActions('journeys', journeys, place)}
            onTry={() => void tryShown(names[place] ?? '', chosenService(useCatalogStore.getState()))}
          />
        )}
      />
      <Button
        variant="link"
        disabled={isReadOnly}
        onClick={() => changeList('journeys', `add ${journeys.length}`, (list) => [...list, newJourney(list)])}
      >
        Add a journey
      </Button>
      <VariableRows {...context} />
      <UserOptions {...context} />
      <p className={shared.quiet}>
        Each iteration is one journey, drawn by weight. A path is sent to the server selected as the target.{' '}
        {'{{name}}'} is replaced by a value that an earlier step extracted, a field of a data file, or a variable.
      </p>
    </div>
  );
}
