import { Field as BaseField } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';
import styles from './Field.module.css';

export interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** The problem with the input, as a sentence. */
  problem?: string | undefined;
  children: ReactNode;
}

/** A label, its control, a hint and a problem. `Input` and `Select` in it take their name from the label. */
export function Field({ label, hint, problem, children }: FieldProps) {
  return (
    <BaseField.Root className={styles.field} invalid={problem !== undefined}>
      <BaseField.Label className={styles.label}>{label}</BaseField.Label>
      {children}
      {hint !== undefined && <BaseField.Description className={styles.hint}>{hint}</BaseField.Description>}
      {problem !== undefined && (
        <BaseField.Error match className={styles.problem}>
          {problem}
        </BaseField.Error>
      )}
    </BaseField.Root>
  );
}

/** An input for text or a number. Outside a Field, it needs an `aria-label`. */
export function Input(props: Omit<ComponentProps<typeof BaseField.Control>, 'className' | 'render'>) {
  return <BaseField.Control {...props} className={styles.input} />;
}

/** A checkbox with a clickable label. */
export function Checkbox({
  children,
  title,
  ...props
}: Omit<ComponentProps<'input'>, 'className' | 'type'> & { children: ReactNode }) {
  return (
    <label className={styles.check} title={title}>
      <input {...props} type="checkbox" className={styles.box} />
      <span>{children}</span>
    </label>
  );
}
