import type { ReactNode } from 'react';
import styles from './ReportSection.module.css';

/** A section of a run's report, to which its index leads. */
export function ReportSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title} data-report-section={title}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}
