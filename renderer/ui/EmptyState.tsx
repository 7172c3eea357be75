import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** A screen, or a part of one, that has nothing to show yet: one sentence, and what to do about it. */
export function EmptyState({ sentence, children }: { sentence: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>{sentence}</p>
      {children}
    </div>
  );
}
