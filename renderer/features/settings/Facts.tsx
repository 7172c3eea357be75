import styles from './settings.module.css';

interface FactsProps {
  facts: readonly (readonly [label: string, value: string])[];
  /** Whether the values change from day to day. */
  varies?: boolean;
}

/** The current values, side by side. */
export function Facts({ facts, varies = false }: FactsProps) {
  return (
    <dl className={styles.facts} data-varies={varies ? true : undefined}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
