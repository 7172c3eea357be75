import type { ReactNode } from 'react';
import styles from './Table.module.css';

/** The head of a table: one title a column. */
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
  /** The rows: each with a `th` first. */
  children: ReactNode;
}

/** Figures in rows: the first column is their name, all others stand at the right, digit under digit. */
export function Table({ label, columns, children }: TableProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <HeaderRow titles={columns} />
      <tbody>{children}</tbody>
    </table>
  );
}
