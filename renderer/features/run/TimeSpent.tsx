import { useState } from 'react';
import type { Attribution, PartBands } from '../../../shared/attribution/attribution';
import { shownBands } from '../../../shared/report/sections/timeSpent';
import { Waterfall, type WaterfallRow } from '../../charts/parts/Waterfall';

const allOperations = 'all operations';

function rowsOf(bands: PartBands): WaterfallRow[] {
  return shownBands.flatMap(([key, name]) => {
    const band = bands[key];
    return band ? [{ key, name, band }] : [];
  });
}

/** Where the time went: the sentence, the causes, and the parts by percentile for all operations or one. */
export function TimeSpent({ attribution }: { attribution: Attribution }) {
  const [operation, setOperation] = useState(allOperations);
  const { all, by_operation, sentence, causes, notes } = attribution;
  const names = Object.keys(by_operation);
  return (
    <div className="time-spent">
      <section className="panel" aria-label="Where did the time go?">
        <h2>Where did the time go?</h2>
        {sentence && <p className="time-sentence">{sentence}</p>}
        <ol className="causes">
          {causes.map(({ cause, sentence: why }) => (
            <li key={cause} data-cause={cause}>
              {why}
            </li>
          ))}
        </ol>
        {notes.map((note) => (
          <p key={note} className="quiet">
            {note}
          </p>
        ))}
        {names.length > 1 && (
          <label className="operation-choice">
            Parts of{' '}
            <select className="field" value={operation} onChange={({ target }) => setOperation(target.value)}>
              {[allOperations, ...names].map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
      </section>
      <Waterfall
        title={`Parts of a request, ${operation}, by how long it took`}
        rows={rowsOf(by_operation[operation] ?? all)}
        allParts={Object.values(by_operation).flatMap(({ all: band }) => Object.keys(band?.parts ?? {}))}
      />
    </div>
  );
}
