import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './Card.module.css';

export type CardTone = 'plain' | 'accent' | 'passed' | 'failed' | 'undecided';

export interface CardProps {
  title?: string;
  /** 3 for a card within a section that has a heading of its own. */
  titleLevel?: 2 | 3;
  /** The name of a card that shows none. */
  label?: string;
  tone?: CardTone;
  /** What belongs to the title, at its right. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A box around what belongs together, with its name. Its tone is that of what it says and never all that says it. */
export function Card({ title, titleLevel = 2, label, tone = 'plain', actions, children }: CardProps) {
  const Title = titleLevel === 2 ? 'h2' : 'h3';
  return (
    <section className={clsx(styles.card, styles[tone])} aria-label={label ?? title}>
      {(title !== undefined || actions !== undefined) && (
        <header className={styles.header}>
          {title !== undefined && <Title>{title}</Title>}
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}
