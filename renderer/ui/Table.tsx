import type { ReactNode } from 'react';
import styles from './Table.module.css';

interface HeaderRowProps {
  titles: readonly string[];
  /** The titles of columns with words, which are left-aligned like the first. Their cells have `data-text`. */
  texts?: readonly string[];
}

/** The head of a table, with one title per column. */
export function HeaderRow({ titles, texts = [] }: HeaderRowProps) {
  return (
    <thead>
      <tr>
        {titles.map((title) => (
          <th key={title} scope="col" data-text={texts.includes(title) || undefined}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

export interface TableProps {
  label?: string | undefined;
  columns: readonly string[];
  texts?: HeaderRowProps['texts'];
  /** The rows. Each begins with a `th`. */
  children: ReactNode;
}

/** A table of numbers. The first column has the names, all others are right-aligned but for those of `texts`. */
export function Table({ label, columns, texts, children }: TableProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <HeaderRow titles={columns} {...(texts ? { texts } : {})} />
      <tbody>{children}</tbody>
    </table>
  );
}
