import clsx from 'clsx';
import { reportOptions, reportWords } from '../../../shared/options/reportOptions';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import styles from './options.module.css';

/** The options as the report described them, with the arguments for and against each. */
export function ReportOptions() {
  return (
    <table className={clsx(shared.numbers, styles.optionsClaims)} aria-label="The report's options">
      <HeaderRow titles={['Option', 'P95', 'P99', 'Effort', 'For', 'Against']} />
      <tbody>
        {reportOptions.map((option) => (
          <tr key={option.engine}>
            <th scope="row">
              {option.title}
              <span className={shared.quiet}>{option.changes.join(', ')}</span>
              {option.note && <span className={shared.quiet}>{option.note}</span>}
            </th>
            <td>{reportWords(option, 'p95') ?? '\u2013'}</td>
            <td>{reportWords(option, 'p99') ?? '\u2013'}</td>
            <td>{option.effort ?? '\u2013'}</td>
            <td>{option.pros.join(', ')}</td>
            <td>{option.cons.join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
