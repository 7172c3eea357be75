import type { TriedStep } from '../../../shared/scenario/triedJourney';
import { type AnswerActions, AnswerButtons } from './AnswerButtons';
import { cookieNames } from './answerEdits';
import styles from './tryJourney.module.css';

interface HeadersViewProps {
  label: string;
  headers: TriedStep['request']['headers'];
  actions?: AnswerActions | undefined;
}

/** Headers in their original form, and for a response the actions for them and its cookies. */
export function HeadersView({ label, headers, actions }: HeadersViewProps) {
  const isCookie = (name: string): boolean => name.toLowerCase() === 'set-cookie';
  return (
    <ul className={styles.lines} aria-label={label}>
      {headers.map(([name, value], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: headers stand in the order in which they came
        <li key={place} className={styles.line}>
          <code>
            {name}: {value}
          </code>
          {!isCookie(name) && <AnswerButtons part={{ kind: 'header', name, value }} actions={actions} />}
          {isCookie(name) &&
            cookieNames([[name, value]]).map((cookie) => (
              <AnswerButtons key={cookie} part={{ kind: 'cookie', name: cookie }} actions={actions} />
            ))}
        </li>
      ))}
    </ul>
  );
}
