import { metricKinds } from '../../../shared/thresholds/parse';
import {
  kindOf,
  rowOperators,
  rowStatistics,
  rowsOf,
  type ThresholdRow,
  thresholdsOf,
} from '../../../shared/thresholds/thresholdRow';
import { HeaderRow } from '../../ui/HeaderRow';
import { type FormContext, setValue } from './fields';

const newRow: ThresholdRow = {
  metric: 'http_req_duration',
  statistic: 'p(95)',
  operator: '<',
  value: '100',
  abortOnFail: false,
  delayAbortEval: '0s',
};

/** The limits by which a run is judged, one a row. */
export function ThresholdSection({ draft, problems, isReadOnly }: FormContext) {
  const rows = rowsOf(draft.thresholds);
  const keep = (next: readonly ThresholdRow[]): void => setValue('thresholds', thresholdsOf(next));
  const change = (place: number, changes: Partial<ThresholdRow>): void =>
    keep(rows.map((row, index) => (index === place ? { ...row, ...changes } : row)));
  const wrong = problems.filter(({ path }) => path.startsWith('thresholds'));
  return (
    <section className="panel form-section" aria-label="Thresholds">
      <h2>Thresholds</h2>
      <table className="form-table" aria-label="Thresholds">
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
                    className="field"
                    list="threshold-metrics"
                    aria-label={`metric of ${name}`}
                    title="a metric, or a submetric such as http_req_duration{operation:read}"
                    value={metric}
                    readOnly={isReadOnly}
                    onChange={({ target }) => change(place, { metric: target.value })}
                  />
                </td>
                <td>
                  <select
                    className="field"
                    aria-label={`statistic of ${name}`}
                    disabled={isReadOnly}
                    value={statistic}
                    onChange={({ target }) => change(place, { statistic: target.value })}
                  >
                    {[...new Set([...statistics, statistic])].map((choice) => (
                      <option key={choice}>{choice}</option>
                    ))}
                  </select>
                </td>
                <td>
                  <select
                    className="field"
                    aria-label={`operator of ${name}`}
                    disabled={isReadOnly}
                    value={operator}
                    onChange={({ target }) => change(place, { operator: target.value })}
                  >
                    {[...new Set([...rowOperators, operator])].map((choice) => (
                      <option key={choice}>{choice}</option>
                    ))}
                  </select>
                </td>
                <td>
                  <input
                    className="field"
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
                  <button
                    type="button"
                    className="link"
                    aria-label={`Remove ${name}`}
                    disabled={isReadOnly}
                    onClick={() => keep(rows.filter((_other, index) => index !== place))}
                  >
                    Remove
                  </button>
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
        <p key={path} className="form-problem">
          {path.replace('thresholds.', '')}: {message}
        </p>
      ))}
      <button type="button" className="link" disabled={isReadOnly} onClick={() => keep([...rows, newRow])}>
        Add a threshold
      </button>
    </section>
  );
}
