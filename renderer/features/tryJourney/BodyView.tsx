import clsx from 'clsx';
import { prettyBody } from '../../../shared/scenario/describeTried';
import type { TriedBody } from '../../../shared/scenario/triedJourney';
import { formatNumber } from '../../../shared/units/format';
import shared from '../../ui/shared.module.css';
import { isRecord } from '../scenarioDraft/draftValues';
import { type AnswerActions, AnswerButtons } from './AnswerButtons';
import { jsonLines } from './jsonLines';
import styles from './tryJourney.module.css';

/** The maximum number of lines that are shown. */
const maxLines = 400;
/** The maximum length of a text that is not JSON, in characters. */
const maxText = 20_000;

/** A body parsed as JSON. Undefined when it is not JSON or is truncated. */
function documentOf({ text, isCut }: TriedBody): unknown {
  if (isCut) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) || Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function Left({ words }: { words: string }) {
  return <p className={shared.quiet}>{words}</p>;
}

interface BodyViewProps {
  label: string;
  body: TriedBody | null;
  actions?: AnswerActions | undefined;
}

/** A body: JSON line by line with the actions for its values, anything else as text. */
export function BodyView({ label, body, actions }: BodyViewProps) {
  if (!body || (body.text === '' && body.problem === null)) return <Left words="No body." />;
  if (body.problem !== null) return <Left words={`${formatNumber(body.bytes)} bytes: ${body.problem}.`} />;
  const document = documentOf(body);
  if (document === undefined) {
    const text = prettyBody(body);
    return (
      <>
        <textarea
          className={clsx(shared.field, shared.code)}
          aria-label={label}
          rows={Math.min(12, text.split('\n').length + 1)}
          readOnly
          value={text.slice(0, maxText)}
        />
        {(body.isCut || text.length > maxText) && <Left words="The body is longer." />}
      </>
    );
  }
  const { lines, left } = jsonLines(document, maxLines);
  return (
    <>
      {/* A scrollable area must be reachable by keyboard, and without buttons in it nothing would be focusable. */}
      <ol className={clsx(styles.lines, actions && styles.scrolling)} aria-label={label}>
        {lines.map(({ depth, text, path, key, value }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines stand in their order
          <li key={place} className={styles.line}>
            <code>{`${'  '.repeat(depth)}${text}`}</code>
            {path !== undefined && depth > 0 && (
              <AnswerButtons part={{ kind: 'json', path, key, value }} actions={actions} />
            )}
          </li>
        ))}
      </ol>
      {left > 0 && <Left words={`${formatNumber(left)} more lines.`} />}
    </>
  );
}
