import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';
import type { Icon } from './icons';

interface EmptyStateProps {
  /** The icon of a whole screen that is empty. */
  icon?: Icon;
  sentence: string;
  /** The actions. */
  children?: ReactNode;
}

/** A screen, or a part of one, that has nothing to show yet: one sentence, and what to do about it. */
export function EmptyState({ icon: Icon, sentence, children }: EmptyStateProps) {
  return (
    <div className={clsx(styles.empty, !Icon && styles.part)}>
      {Icon && (
        <span className={styles.icon}>
          <Icon size={24} />
        </span>
      )}
      <p>{sentence}</p>
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
