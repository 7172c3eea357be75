import { type ReactNode, useId } from 'react';
import type { DraftProblem, ScenarioDraft } from '../../../shared/scenario/draft';
import { useScenarioStore } from '../../store/scenarioStore';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { type Raw, recordsOf, valueAt, withValue } from './draftValues';
import styles from './form.module.css';

/** The shared props of all form fields. */
export interface FormContext {
  draft: ScenarioDraft;
  problems: readonly DraftProblem[];
  /** Levels are shown, but can't be changed. */
  isReadOnly: boolean;
}

/** Changes the value at a path of the shown draft. */
export function setValue(path: string, value: unknown): void {
  useScenarioStore.getState().edit(path, (draft) => withValue(draft, path, value));
}

/** Changes a list of objects at a path. Each `action` is a separate undo step. */
export function changeList(path: string, action: string, change: (list: readonly Raw[]) => readonly Raw[]): void {
  useScenarioStore
    .getState()
    .edit(`${path} ${action}`, (draft) => withValue(draft, path, change(recordsOf(valueAt(draft, path)))));
}

interface FieldProps extends FormContext {
  path: string;
  label: string;
  /** The default when nothing is entered. */
  placeholder?: string;
}

/** A label, its field, and its problems. */
export function Labelled({
  problems,
  path,
  label,
  children,
}: Omit<FieldProps, 'draft' | 'isReadOnly'> & { children(id: string, problemId: string | undefined): ReactNode }) {
  const id = useId();
  const problem = problems.find((candidate) => candidate.path === path);
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id, problem && `${id}-problem`)}
      {problem && (
        <span id={`${id}-problem`} className={styles.problem}>
          {problem.message}
        </span>
      )}
    </div>
  );
}

export function TextField(props: FieldProps & { isLong?: boolean; onText?: (text: string) => void }) {
  const { draft, path, isReadOnly, placeholder, isLong, onText } = props;
  const value = String(valueAt(draft, path) ?? '');
  const change =
    onText ?? ((text: string): void => setValue(path, text === '' && placeholder !== undefined ? undefined : text));
  return (
    <Labelled {...props}>
      {(id, problemId) =>
        isLong ? (
          <textarea
            id={id}
            className={shared.field}
            rows={2}
            value={value}
            readOnly={isReadOnly}
            aria-invalid={problemId !== undefined}
            aria-describedby={problemId}
            onChange={({ target }) => change(target.value)}
          />
        ) : (
          <input
            id={id}
            className={shared.field}
            type="text"
            value={value}
            placeholder={placeholder}
            readOnly={isReadOnly}
            aria-invalid={problemId !== undefined}
            aria-describedby={problemId}
            onChange={({ target }) => change(target.value)}
          />
        )
      }
    </Labelled>
  );
}

/** Parses a typed number. An invalid text stays a text, so that the check can report it. */
function numberOf(text: string): number | string | undefined {
  if (text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

export function NumberField(props: FieldProps) {
  const { draft, path, isReadOnly, placeholder } = props;
  return (
    <Labelled {...props}>
      {(id, problemId) => (
        <input
          id={id}
          className={shared.field}
          type="number"
          step="any"
          value={String(valueAt(draft, path) ?? '')}
          placeholder={placeholder}
          readOnly={isReadOnly}
          aria-invalid={problemId !== undefined}
          aria-describedby={problemId}
          onChange={({ target }) => setValue(path, numberOf(target.value))}
        />
      )}
    </Labelled>
  );
}

export function ChoiceField(
  props: FieldProps & {
    choices: readonly (readonly [value: string, name: string])[];
    onChoose?: (value: string) => void;
  },
) {
  const { draft, path, isReadOnly, choices, onChoose } = props;
  return (
    <Labelled {...props}>
      {(id) => (
        <Select
          id={id}
          isDisabled={isReadOnly}
          value={String(valueAt(draft, path) ?? choices[0]?.[0] ?? '')}
          choices={choices}
          onChange={onChoose ?? ((value) => setValue(path, value))}
        />
      )}
    </Labelled>
  );
}
