import { type RefObject, useEffect, useState } from 'react';
import { Button } from '../../ui/Button';
import styles from './SectionIndex.module.css';

interface SectionIndexProps {
  /** What the sections are in. */
  report: RefObject<HTMLElement | null>;
  titles: readonly string[];
  /** Where a section begins to be the one that is read, as the margins of the window; nearer to the top for short ones. */
  band?: string;
}

/** A third below the top of what is seen. */
const readingBand = '-20% 0px -65% 0px';

/** A section of a report, by its title. */
export function sectionIn(report: HTMLElement | null, title: string): HTMLElement | null {
  return report?.querySelector<HTMLElement>(`[data-report-section="${title}"]`) ?? null;
}

/** The sections of a run's report, always in sight; the one that is read is marked. */
export function SectionIndex({ report, titles, band = readingBand }: SectionIndexProps) {
  const [read, setRead] = useState<string>();
  const wanted = titles.join('\n');
  useEffect(() => {
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries)
          if (isIntersecting && target instanceof HTMLElement) setRead(target.dataset.reportSection);
      },
      { rootMargin: band },
    );
    for (const title of wanted.split('\n')) {
      const section = sectionIn(report.current, title);
      if (section) seen.observe(section);
    }
    return () => seen.disconnect();
  }, [report, wanted, band]);
  return (
    <nav className={styles.index} aria-label="Sections">
      {titles.map((title) => (
        <Button
          key={title}
          variant="ghost"
          size="small"
          aria-current={title === (read ?? titles[0]) ? 'location' : undefined}
          onClick={() => {
            sectionIn(report.current, title)?.scrollIntoView({ block: 'start' });
            setRead(title);
          }}
        >
          {title}
        </Button>
      ))}
    </nav>
  );
}
