import { type RefObject, useEffect, useState } from 'react';
import { Button } from '../../ui/Button';
import styles from './SectionIndex.module.css';

interface SectionIndexProps {
  /** The element that contains the sections. */
  report: RefObject<HTMLElement | null>;
  titles: readonly string[];
  /**
   * The part of the window in which a section counts as being read, as an IntersectionObserver margin. Nearer to the
   * top for short sections.
   */
  band?: string;
}

/** Around a third below the top of the visible area. */
const readingBand = '-20% 0px -65% 0px';

/** A section of a report, by its title. */
export function sectionIn(report: HTMLElement | null, title: string): HTMLElement | null {
  return report?.querySelector<HTMLElement>(`[data-report-section="${title}"]`) ?? null;
}

/** A sticky index of the sections of a report. The section that is being read is marked. */
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
