import clsx from 'clsx';
import { useRef, useState } from 'react';
import type { OfferedVariable } from '../../../shared/scenario/variableUse';
import { VariableIcon } from '../../ui/icons';
import { Menu } from '../../ui/Menu';
import shared from '../../ui/shared.module.css';
import styles from './journeys.module.css';

interface TemplateInputProps {
  /** The name of the field where it has no label, and in the name of its menu. */
  name: string;
  /** The id to which its label refers. */
  id?: string;
  problemId?: string | undefined;
  value: string;
  /** The variables that its placeholders can use. */
  variables: readonly OfferedVariable[];
  isLong?: boolean;
  isReadOnly: boolean;
  onChange(text: string): void;
}

type TextElement = HTMLInputElement | HTMLTextAreaElement;

/** A text that can have placeholders, with a menu of the available variables. */
export function TemplateInput(props: TemplateInputProps) {
  const { name, id, problemId, value, variables, isLong = false, isReadOnly, onChange } = props;
  // The text as typed. A body becomes JSON as soon as it is valid JSON, and reformatting it would move the cursor.
  const [typed, setTyped] = useState<string>();
  const last = useRef({ text: value, caret: value.length });
  const note = ({ value: text, selectionStart }: TextElement): void => {
    last.current = { text, caret: selectionStart ?? text.length };
  };
  const insert = (variable: string): void => {
    const shown = typed ?? value;
    // A text that has changed since then has no cursor position.
    const caret = last.current.text === shown ? last.current.caret : shown.length;
    const text = `${shown.slice(0, caret)}{{${variable}}}${shown.slice(caret)}`;
    setTyped(undefined);
    onChange(text);
  };
  const field = {
    id,
    'aria-label': id === undefined ? name : undefined,
    'aria-invalid': problemId !== undefined,
    'aria-describedby': problemId,
    value: typed ?? value,
    readOnly: isReadOnly,
    spellCheck: false,
    onChange: ({ target }: { target: TextElement }) => {
      setTyped(target.value);
      note(target);
      onChange(target.value);
    },
    onSelect: ({ currentTarget }: { currentTarget: TextElement }) => note(currentTarget),
    onBlur: ({ currentTarget }: { currentTarget: TextElement }) => {
      note(currentTarget);
      setTyped(undefined);
    },
  };
  return (
    <div className={styles.template}>
      {isLong ? (
        <textarea {...field} className={clsx(shared.field, shared.code)} rows={Math.min(12, lineCount(field.value))} />
      ) : (
        <input {...field} className={shared.field} type="text" />
      )}
      <Menu
        label={`Insert a variable into ${name}`}
        isLabelHidden
        icon={VariableIcon}
        variant="ghost"
        size="small"
        isDisabled={isReadOnly}
        entries={variables.map((variable) => ({
          label: `{{${variable.name}}}, ${variable.from}`,
          onSelect: () => insert(variable.name),
        }))}
      />
    </div>
  );
}

function lineCount(text: string): number {
  return Math.max(2, text.split('\n').length);
}
