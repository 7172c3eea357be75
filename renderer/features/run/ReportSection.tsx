import type { ReactNode } from 'react';
import shared from '../../ui/shared.module.css';
import styles from './ReportSection.module.css';

interface ReportSectionProps {
  title: string;
  /** Whether only the index and screen readers name it. */
  isTitleHidden?: boolean;
  /** Content at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A section of a run's report, linked from the index. */
export function ReportSection({ title, isTitleHidden = false, actions, children }: ReportSectionProps) {
  return (
    <section className={styles.section} aria-label={title} data-report-section={title}>
      <header className={isTitleHidden ? shared.visuallyHidden : styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
