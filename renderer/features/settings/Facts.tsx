import styles from './settings.module.css';

interface FactsProps {
  facts: readonly (readonly [label: string, value: string])[];
  /** Whether the values are others from day to day. */
  varies?: boolean;
}

/** What is the case now, in figures beside each other. */
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
