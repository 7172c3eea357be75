import { useState } from 'react';
import type { Attribution, PartBands } from '../../../shared/attribution/attribution';
import { shownBands } from '../../../shared/report/sections/timeSpent';
import { Waterfall, type WaterfallRow } from '../../charts/parts/Waterfall';
import { Card } from '../../ui/Card';
import { Select } from '../../ui/Select';
import styles from './TimeSpent.module.css';

const allOperations = 'all operations';

function rowsOf(bands: PartBands): WaterfallRow[] {
  return shownBands.flatMap(([key, name]) => {
    const band = bands[key];
    return band ? [{ key, name, band }] : [];
  });
}

/** How the time was spent: the sentence, the causes, and the parts by percentile, for all operations or for one. */
export function TimeSpent({ attribution }: { attribution: Attribution }) {
  const [operation, setOperation] = useState(allOperations);
  const { all, by_operation, sentence, causes, notes } = attribution;
  const names = Object.keys(by_operation);
  return (
    <div className={styles.timeSpent}>
      <Card title="Where did the time go?" titleLevel={3}>
        {sentence && <p className={styles.sentence}>{sentence}</p>}
        <ol className={styles.causes}>
          {causes.map(({ cause, sentence: why }) => (
            <li key={cause} data-cause={cause}>
              {why}
            </li>
          ))}
        </ol>
        {notes.map((note) => (
          <p key={note} className={styles.note}>
            {note}
          </p>
        ))}
        {names.length > 1 && (
          <div className={styles.choice}>
            Parts of{' '}
            <Select
              label="Parts of"
              size="small"
              value={operation}
              choices={[allOperations, ...names].map((name) => [name, name] as const)}
              onChange={setOperation}
            />
          </div>
        )}
      </Card>
      <Waterfall
        title={`Parts of a request, ${operation}, by response time`}
        rows={rowsOf(by_operation[operation] ?? all)}
        allParts={Object.values(by_operation).flatMap(({ all: band }) => Object.keys(band?.parts ?? {}))}
      />
    </div>
  );
}
