import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './Badge.module.css';

export const badgeTones = ['plain', 'accent', 'passed', 'failed', 'undecided', 'stopped'] as const;
export type BadgeTone = (typeof badgeTones)[number];

/** A word with a status colour. The word alone carries the meaning. */
export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return <span className={clsx(styles.badge, styles[tone])}>{children}</span>;
}
