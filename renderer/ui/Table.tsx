import type { ReactNode } from 'react';
import styles from './Table.module.css';

/** The head of a table, with one title per column. */
export function HeaderRow({ titles }: { titles: readonly string[] }) {
  return (
    <thead>
      <tr>
        {titles.map((title) => (
          <th key={title} scope="col">
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
  /** The rows. Each begins with a `th`. */
  children: ReactNode;
}

/** A table of numbers. The first column has the names, all others are right-aligned. */
export function Table({ label, columns, children }: TableProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <HeaderRow titles={columns} />
      <tbody>{children}</tbody>
    </table>
  );
}
