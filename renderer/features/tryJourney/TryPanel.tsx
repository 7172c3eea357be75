import { statusOfOk, statusText } from '../../../shared/report/status';
import { describeTried } from '../../../shared/scenario/describeTried';
import type { TriedStep } from '../../../shared/scenario/triedJourney';
import { useNoticeStore } from '../../store/noticeStore';
import { useScenarioStore } from '../../store/scenarioStore';
import { isOf, useTryStore } from '../../store/tryStore';
import { Button } from '../../ui/Button';
import { CloseIcon } from '../../ui/icons';
import { StatusMark } from '../../ui/ReportBlocks';
import type { Raw } from '../scenarioDraft/draftValues';
import { changeList } from '../scenarioDraft/fields';
import { stepsOf } from '../scenarioDraft/journeyEdits';
import type { AnswerActions } from './AnswerButtons';
import { type AnswerPart, partName, placeOf, variablesIn, withCheck, withExtraction } from './answerEdits';
import { TriedStepCard } from './TriedStepCard';
import styles from './tryJourney.module.css';

interface TriedPlace {
  /** The path of the journey in the draft. */
  path: string;
  journey: Raw;
}

interface TryPanelProps {
  name: string;
  isReadOnly: boolean;
  /** Where checks and extractions can be added. Undefined for a single request. */
  edits?: TriedPlace;
}

/** The actions for the response of a step, if the draft still has that step. */
function actionsFor({ edits, isReadOnly }: TryPanelProps, tried: TriedStep): AnswerActions | undefined {
  if (!edits) return undefined;
  const { path, journey } = edits;
  const place = placeOf(journey, tried);
  if (place === undefined || isReadOnly) return undefined;
  const change = (part: AnswerPart, word: string, made: (step: Raw) => Raw): void => {
    const before = stepsOf(journey)[place];
    changeList(`${path}.steps`, `${word} ${place} ${partName(part)}`, (steps) =>
      steps.map((step, index) => (index === place ? made(step) : step)),
    );
    const isNew = before !== undefined && made(before) !== before;
    useNoticeStore
      .getState()
      .say(isNew ? `${tried.step} ${word} ${partName(part)} now.` : `${tried.step} has this already.`);
  };
  return {
    onCheck: (part) => change(part, 'checks', (step) => withCheck(step, part)),
    onExtract: (part) => change(part, 'extracts', (step) => withExtraction(step, part, variablesIn(journey))),
  };
}

/** What one virtual user sent and received for a journey or a single request. */
export function TryPanel(props: TryPanelProps) {
  const { name } = props;
  const shown = useScenarioStore((state) => state.shown);
  const { tried, clear, ...about } = useTryStore();
  if (!tried || !isOf(about, shown, name)) return null;
  const status = statusOfOk(tried.outcome === 'passed');
  return (
    <section className={styles.panel} aria-label={`Try of ${name}`}>
      <div className={styles.head}>
        <p role="status">
          <StatusMark status={status} statusText={statusText(status)} /> {describeTried(tried)}
        </p>
        <Button variant="ghost" size="small" icon={CloseIcon} aria-label="Close the try" onClick={clear} />
      </div>
      {tried.steps.map((step, place) => (
        <TriedStepCard
          // biome-ignore lint/suspicious/noArrayIndexKey: steps stand in the order in which they were sent
          key={place}
          number={place + 1}
          tried={step}
          actions={actionsFor(props, step)}
        />
      ))}
    </section>
  );
}
