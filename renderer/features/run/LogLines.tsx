import type { LogLine } from '../../../shared/run/document';
import styles from './RunReport.module.css';

/** The log of the run. */
export function LogLines({ log }: { log: readonly LogLine[] }) {
  return (
    <ul className={styles.log} aria-label="Log">
      {log.map(({ level, message }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever appended and have no identity of their own
        <li key={index} data-level={level}>
          {message}
        </li>
      ))}
    </ul>
  );
}
