import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './Card.module.css';

export type CardTone = 'plain' | 'accent' | 'passed' | 'failed' | 'undecided';

export interface CardProps {
  title?: string;
  /** 3 for a card in a section with its own heading. */
  titleLevel?: 2 | 3;
  /** The accessible name of a card without a title. */
  label?: string;
  tone?: CardTone;
  /** Controls at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled box around related content. Its tone repeats what its text says. */
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
