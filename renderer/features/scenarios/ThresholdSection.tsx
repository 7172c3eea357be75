import clsx from 'clsx';
import { metricKinds } from '../../../shared/thresholds/parse';
import {
  kindOf,
  rowOperators,
  rowStatistics,
  rowsOf,
  type ThresholdRow,
  thresholdsOf,
} from '../../../shared/thresholds/thresholdRow';
import { Button } from '../../ui/Button';
import { RemoveButton } from '../../ui/RemoveButton';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { type FormContext, setValue } from '../scenarioDraft/fields';
import form from '../scenarioDraft/form.module.css';
import styles from './scenarios.module.css';

const newRow: ThresholdRow = {
  metric: 'http_req_duration',
  statistic: 'p(95)',
  operator: '<',
  value: '100',
  abortOnFail: false,
  delayAbortEval: '0s',
};

/** The thresholds of a run, one per row. */
export function ThresholdSection({ draft, problems, isReadOnly }: FormContext) {
  const rows = rowsOf(draft.thresholds);
  const keep = (next: readonly ThresholdRow[]): void => setValue('thresholds', thresholdsOf(next));
  const change = (place: number, changes: Partial<ThresholdRow>): void =>
    keep(rows.map((row, index) => (index === place ? { ...row, ...changes } : row)));
  const wrong = problems.filter(({ path }) => path.startsWith('thresholds'));
  return (
    <section className={clsx(shared.panel, styles.formSection)} aria-label="Thresholds">
      <h2>Thresholds</h2>
      <table className={styles.formTable} aria-label="Thresholds">
        <HeaderRow titles={['Metric', 'Statistic', 'Operator', 'Value', 'Abort on fail', 'Actions']} />
        <tbody>
          {rows.map((row, place) => {
            const { metric, statistic, operator, value, abortOnFail } = row;
            const name = `threshold ${place + 1}`;
            const statistics = rowStatistics[kindOf(metric)];
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
              <tr key={place}>
                <td>
                  <input
                    className={shared.field}
                    list="threshold-metrics"
                    aria-label={`metric of ${name}`}
                    title="a metric, or a submetric such as http_req_duration{operation:read}"
                    value={metric}
                    readOnly={isReadOnly}
                    onChange={({ target }) => change(place, { metric: target.value })}
                  />
                </td>
                <td>
                  <Select
                    label={`statistic of ${name}`}
                    isDisabled={isReadOnly}
                    value={statistic}
                    choices={[...new Set([...statistics, statistic])].map((choice) => [choice, choice] as const)}
                    onChange={(chosen) => change(place, { statistic: chosen })}
                  />
                </td>
                <td>
                  <Select
                    label={`operator of ${name}`}
                    isDisabled={isReadOnly}
                    value={operator}
                    choices={[...new Set([...rowOperators, operator])].map((choice) => [choice, choice] as const)}
                    onChange={(chosen) => change(place, { operator: chosen })}
                  />
                </td>
                <td>
                  <input
                    className={shared.field}
                    aria-label={`value of ${name}`}
                    title="ms, a fraction, a count, or baseline * 1.05"
                    value={value}
                    readOnly={isReadOnly}
                    onChange={({ target }) => change(place, { value: target.value })}
                  />
                </td>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`abort on fail of ${name}`}
                    disabled={isReadOnly}
                    checked={abortOnFail}
                    onChange={({ target }) => change(place, { abortOnFail: target.checked })}
                  />
                </td>
                <td>
                  <RemoveButton name={name} isDisabled={isReadOnly} onRemove={() => keep(rows.toSpliced(place, 1))} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <datalist id="threshold-metrics">
        {Object.keys(metricKinds).map((metric) => (
          <option key={metric} value={metric} />
        ))}
      </datalist>
      {wrong.map(({ path, message }) => (
        <p key={path} className={form.problem}>
          {path.replace('thresholds.', '')}: {message}
        </p>
      ))}
      <Button variant="link" disabled={isReadOnly} onClick={() => keep([...rows, newRow])}>
        Add a threshold
      </Button>
    </section>
  );
}
