import type { OptionResult } from '../../../shared/options/optionResult';
import { Waterfall, type WaterfallRow } from '../../charts/parts/Waterfall';
import shared from '../../ui/shared.module.css';
import styles from './options.module.css';

function rowsOf(results: readonly OptionResult[]): WaterfallRow[] {
  return results.flatMap(({ label, time }) => {
    const { median, slowest_5: slowest } = time ?? {};
    return [
      ...(median ? [{ key: `${label} median`, name: `${label}, median`, band: median }] : []),
      ...(slowest ? [{ key: `${label} slowest`, name: `${label}, slowest 5 %`, band: slowest }] : []),
    ];
  });
}

/** How each option spends its time, and what makes its slow requests slow. */
export function OptionTimes({ results }: { results: readonly OptionResult[] }) {
  const rows = rowsOf(results);
  if (rows.length === 0) return null;
  return (
    <>
      <Waterfall title="Parts of a request by option, in its last run" rows={rows} />
      <section className={shared.panel} aria-label="Where the time went">
        <h2>Where the time went</h2>
        <dl className={styles.optionCauses}>
          {results.map(
            ({ label, time }) =>
              time?.sentence && (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{time.sentence}</dd>
                </div>
              ),
          )}
        </dl>
      </section>
    </>
  );
}
