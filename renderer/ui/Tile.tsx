import type { ReactNode } from 'react';
import styles from './Tile.module.css';

/** Main metrics, side by side. */
export function TileRow({ children }: { children: ReactNode }) {
  return <dl className={styles.tiles}>{children}</dl>;
}

export interface TileProps {
  label: string;
  value: string;
  /** A note on the value, such as the number of requests it is based on. */
  note: ReactNode;
  /** Whether the value breaks a limit. `note` says so in words. */
  isBreach?: boolean;
  children?: ReactNode;
}

/** A main metric. Its width does not change with its digits. */
export function Tile({ label, value, note, isBreach = false, children }: TileProps) {
  return (
    <div className={styles.tile} data-tile={label} data-breach={isBreach}>
      <dt>{label}</dt>
      <dd className={styles.value} data-tile-value>
        {value}
      </dd>
      <dd className={styles.note} title={typeof note === 'string' ? note : undefined}>
        {note}
      </dd>
      {children}
    </div>
  );
}
