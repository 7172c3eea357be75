import type { ReactNode } from 'react';
import shared from '../../ui/shared.module.css';
import styles from './settings.module.css';

/** Controls with the text that explains them: above them, or at their left in a wide window. */
export function Explained({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.explained}>
      <p className={shared.quiet}>{text}</p>
      <div className={styles.rows}>{children}</div>
    </div>
  );
}
