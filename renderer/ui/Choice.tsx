import type { ReactNode } from 'react';
import styles from './Choice.module.css';

/** Things of which one is chosen, under their name. */
export function ChoiceGroup({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      {children}
    </fieldset>
  );
}

export interface ChoiceProps {
  /** The name that the choices of a group share. */
  group: string;
  value: string;
  isChecked: boolean;
  /** A letter or number before the name. */
  mark?: string;
  name: string;
  /** What belongs to the name, at its right. */
  note?: ReactNode;
  /** What is said of it, below. */
  children?: ReactNode;
  title?: string;
  onChoose(): void;
}

/** One of a group: a radio button that looks like what it stands for. */
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
