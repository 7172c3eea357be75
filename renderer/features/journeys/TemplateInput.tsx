import clsx from 'clsx';
import { useRef, useState } from 'react';
import type { OfferedVariable } from '../../../shared/scenario/variableUse';
import { VariableIcon } from '../../ui/icons';
import { Menu } from '../../ui/Menu';
import shared from '../../ui/shared.module.css';
import styles from './journeys.module.css';

interface TemplateInputProps {
  /** What it is called where no label is beside it, and in the name of its menu. */
  name: string;
  /** What the label beside it is for. */
  id?: string;
  problemId?: string | undefined;
  value: string;
  /** What placeholders can stand in it. */
  variables: readonly OfferedVariable[];
  isLong?: boolean;
  isReadOnly: boolean;
  onChange(text: string): void;
}

type TextElement = HTMLInputElement | HTMLTextAreaElement;

/** A text that may have placeholders, with a menu of those that there are. */
export function TemplateInput(props: TemplateInputProps) {
  const { name, id, problemId, value, variables, isLong = false, isReadOnly, onChange } = props;
  // As it is typed: a body becomes JSON as soon as it is some, and would be written anew under the cursor.
  const [typed, setTyped] = useState<string>();
  const last = useRef({ text: value, caret: value.length });
  const note = ({ value: text, selectionStart }: TextElement): void => {
    last.current = { text, caret: selectionStart ?? text.length };
  };
  const insert = (variable: string): void => {
    const shown = typed ?? value;
    // What was written anew since has no place for the cursor.
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
