import { Button } from '../../ui/Button';
import { type AnswerPart, partName } from './answerEdits';
import styles from './tryJourney.module.css';

/** The actions for a part of a response: add a check or an extraction to the step. */
export interface AnswerActions {
  onCheck(part: AnswerPart): void;
  onExtract(part: AnswerPart): void;
}

/** The buttons beside a part of a response. None when the step no longer exists. */
export function AnswerButtons({ part, actions }: { part: AnswerPart; actions: AnswerActions | undefined }) {
  if (!actions) return null;
  const name = partName(part);
  return (
    <span className={styles.buttons}>
      <Button variant="link" size="small" aria-label={`Extract ${name}`} onClick={() => actions.onExtract(part)}>
        Extract
      </Button>
      <Button variant="link" size="small" aria-label={`Check ${name}`} onClick={() => actions.onCheck(part)}>
        Check
      </Button>
    </span>
  );
}
