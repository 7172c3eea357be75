import type { ReactNode } from 'react';
import styles from './Choice.module.css';

/** A group of choices under a legend. One of them is chosen. */
export function ChoiceGroup({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      {children}
    </fieldset>
  );
}

export interface ChoiceProps {
  /** The name that all choices of a group share. */
  group: string;
  value: string;
  isChecked: boolean;
  /** A letter or number before the name. */
  mark?: string;
  name: string;
  /** Content at the right of the name. */
  note?: ReactNode;
  /** A description below the name. */
  children?: ReactNode;
  title?: string;
  onChoose(): void;
}

/** One choice of a group: a styled radio button. */
export function Choice({ group, value, isChecked, mark, name, note, children, title, onChoose }: ChoiceProps) {
  return (
    <label className={styles.choice} title={title}>
      <input type="radio" className={styles.input} name={group} value={value} checked={isChecked} onChange={onChoose} />
      {mark !== undefined && <span className={styles.mark}>{mark}</span>}
      <span className={styles.text}>
        <span className={styles.head}>
          <span className={styles.name}>{name}</span>
          {note !== undefined && <span className={styles.note}>{note}</span>}
        </span>
        {children}
      </span>
    </label>
  );
}
