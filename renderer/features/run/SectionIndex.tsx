import { type RefObject, useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/Button';
import styles from './SectionIndex.module.css';

interface SectionIndexProps {
  /** The element that contains the sections. */
  report: RefObject<HTMLElement | null>;
  titles: readonly string[];
}

/** A section of a report, by its title. */
export function sectionIn(report: HTMLElement | null, title: string): HTMLElement | null {
  return report?.querySelector<HTMLElement>(`[data-report-section="${title}"]`) ?? null;
}

/** Returns the height of an index above its sections, which it covers; 0 for an index beside them. */
function coveredHeight(index: HTMLElement, section: HTMLElement): number {
  const [above, below] = [index.getBoundingClientRect(), section.getBoundingClientRect()];
  return above.left < below.right && below.left < above.right ? above.height : 0;
}

/** Returns the title of the section that covers the place of a section that was scrolled to; undefined above all. */
function sectionBeingRead(area: HTMLElement, sections: readonly HTMLElement[]): string | undefined {
  const top = area.getBoundingClientRect().top + 1;
  return sections.findLast(
    (section) =>
      section.getBoundingClientRect().top <= top + Number.parseFloat(getComputedStyle(section).scrollMarginTop),
  )?.dataset.reportSection;
}

/** A sticky index of the sections of a report. The section that is being read is marked. */
export function SectionIndex({ report, titles }: SectionIndexProps) {
  const index = useRef<HTMLElement>(null);
  /** Undefined above the first section. */
  const [read, setRead] = useState<string>();
  const wanted = titles.join('\n');
  useEffect(() => {
    // Not the window: where it is narrow, the navigation takes its upper part.
    const area = report.current?.closest('main');
    const sections = wanted.split('\n').flatMap((title) => sectionIn(report.current, title) ?? []);
    const [first] = sections;
    const own = index.current;
    if (!area || !own || !first) return;
    const mark = (): void => setRead(sectionBeingRead(area, sections));
    const resized = new ResizeObserver(() => {
      report.current?.style.setProperty('--index-height', `${coveredHeight(own, first)}px`);
      mark();
    });
    for (const element of [area, own]) resized.observe(element);
    area.addEventListener('scroll', mark, { passive: true });
    return () => {
      resized.disconnect();
      area.removeEventListener('scroll', mark);
    };
  }, [report, wanted]);
  return (
    <nav ref={index} className={styles.index} aria-label="Sections">
      {titles.map((title) => (
        <Button
          key={title}
          variant="ghost"
          size="small"
          aria-current={title === (read ?? titles[0]) ? 'location' : undefined}
          onClick={() => sectionIn(report.current, title)?.scrollIntoView({ block: 'start' })}
        >
          {title}
        </Button>
      ))}
    </nav>
  );
}
