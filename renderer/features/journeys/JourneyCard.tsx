import { type ReactNode, useMemo, useState } from 'react';
import { variablesOf } from '../../../shared/scenario/variableUse';
import { useScenarioStore } from '../../store/scenarioStore';
import { isOf, useTryStore } from '../../store/tryStore';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { MoreIcon, PlayIcon } from '../../ui/icons';
import { Menu, type MenuAction } from '../../ui/Menu';
import { ReorderList } from '../../ui/ReorderList';
import shared from '../../ui/shared.module.css';
import { type Raw, withKey } from '../scenarioDraft/draftValues';
import { changeList, NumberField, TextField } from '../scenarioDraft/fields';
import { duplicated, firstPause, firstRequest, moved, stepName, stepsOf } from '../scenarioDraft/journeyEdits';
import { withJourneyName } from '../scenarioDraft/severalEdits';
import { TryPanel } from '../tryJourney/TryPanel';
import styles from './journeys.module.css';
import type { JourneysContext } from './Problems';
import { StepItem } from './StepItem';

/** The actions for an entry of a list. `path` is the path of the list in the draft. */
export function entryActions(path: string, entries: readonly Raw[], place: number): MenuAction[] {
  const count = entries.length;
  const isDisabled = entries[place]?.disabled === true;
  const act = (action: string, change: (list: readonly Raw[]) => readonly Raw[]) => (): void =>
    changeList(path, `${action} ${place} of ${count}`, change);
  return [
    { label: 'Duplicate', onSelect: act('duplicate', (list) => duplicated(list, place)) },
    {
      label: isDisabled ? 'Enable' : 'Disable',
      onSelect: act('switch', (list) =>
        list.map((entry, index) =>
          index === place ? withKey(entry, 'disabled', isDisabled ? undefined : true) : entry,
        ),
      ),
    },
    { label: 'Move up', isDisabled: place === 0, onSelect: act('up', (list) => moved(list, place, place - 1)) },
    {
      label: 'Move down',
      isDisabled: place === count - 1,
      onSelect: act('down', (list) => moved(list, place, place + 1)),
    },
    { label: 'Remove', isDisabled: count === 1, onSelect: act('remove', (list) => list.toSpliced(place, 1)) },
  ];
}

interface JourneyCardProps extends JourneysContext {
  /** Its index among the journeys. */
  place: number;
  journey: Raw;
  name: string;
  handle: ReactNode;
  actions: readonly MenuAction[];
  onTry(): void;
}

/** A journey: its name and weight, its steps in order, and the result of a try. */
export function JourneyCard({ place, journey, name, handle, actions, onTry, ...context }: JourneyCardProps) {
  const { draft, problems, isReadOnly } = context;
  const shown = useScenarioStore((state) => state.shown);
  const { isTrying, stop, ...about } = useTryStore();
  const [open, setOpen] = useState<number>();
  const path = `journeys.${place}`;
  const steps = stepsOf(journey);
  const variables = useMemo(() => variablesOf(draft, place), [draft, place]);
  const move = (from: number, to: number): void => {
    changeList(`${path}.steps`, `move ${from} to ${to}`, (list) => moved(list, from, to));
    if (open === from) setOpen(to);
  };
  const rename = (text: string): void =>
    useScenarioStore.getState().edit(`${path}.name`, (before) => withJourneyName(before, place, text));
  const add = (step: Raw): void => {
    changeList(`${path}.steps`, `add ${steps.length}`, (list) => [...list, step]);
    setOpen(undefined);
  };
  return (
    <Card label={`Journey ${name}`}>
      <div className={styles.journey}>
        <div className={styles.journeyHead}>
          {handle}
          <TextField {...context} path={`${path}.name`} label="Journey" onText={rename} />
          <NumberField {...context} path={`${path}.weight`} label="Weight" placeholder="1" />
          {journey.disabled === true && <Badge tone="stopped">disabled</Badge>}
          {isTrying && isOf(about, shown, name) ? (
            <Button onClick={() => void stop()}>Stop the try</Button>
          ) : (
            <Button
              icon={PlayIcon}
              disabled={problems.length > 0 || isTrying}
              title="One virtual user goes through the journey once; nothing is saved"
              onClick={onTry}
            >
              Try it
            </Button>
          )}
          <Menu
            label={`Actions for ${name}`}
            isLabelHidden
            icon={MoreIcon}
            variant="ghost"
            isDisabled={isReadOnly}
            entries={actions}
          />
        </div>
        <ReorderList
          label={`Steps of ${name}`}
          names={steps.map(stepName)}
          isDisabled={isReadOnly}
          onMove={move}
          renderItem={(index, stepHandle) => {
            const step = steps[index] ?? {};
            return (
              <StepItem
                {...context}
                path={`${path}.steps.${index}`}
                step={step}
                name={stepName(step)}
                variables={variables[index] ?? []}
                handle={stepHandle}
                actions={entryActions(`${path}.steps`, steps, index)}
                isOpen={open === index}
                onToggle={() => setOpen(open === index ? undefined : index)}
              />
            );
          }}
        />
        <div className={shared.toolbar}>
          <Button variant="link" disabled={isReadOnly} onClick={() => add(firstRequest)}>
            Add a request
          </Button>
          <Button variant="link" disabled={isReadOnly} onClick={() => add(firstPause)}>
            Add a think time
          </Button>
        </div>
        <TryPanel name={name} isReadOnly={isReadOnly} edits={{ path, journey }} />
      </div>
    </Card>
  );
}
