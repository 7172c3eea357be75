import { describeClaim, reportOptions } from '../../../shared/options/reportOptions';
import { HeaderRow } from '../../ui/HeaderRow';

/** The options as the report put them, before anything is measured. */
export function ReportOptions() {
  return (
    <div className="report">
      <p className="headline-sentence">What was claimed, and what is true? Measure the options on the left.</p>
      <section className="panel">
        <h2>The report's options</h2>
        <table className="numbers options-claims" aria-label="The report's options">
          <HeaderRow titles={['Option', 'P95 claimed', 'P99 claimed', 'Effort', 'For', 'Against']} />
          <tbody>
            {reportOptions.map(({ engine, title, changes, claim, effort, pros, cons, note }) => (
              <tr key={engine}>
                <th scope="row">
                  {title}
                  <span className="quiet">{changes.join(', ')}</span>
                  {note && <span className="quiet">{note}</span>}
                </th>
                <td>{describeClaim(claim.p95)}</td>
                <td>{describeClaim(claim.p99)}</td>
                <td>{effort ?? '\u2013'}</td>
                <td>{pros.join(', ')}</td>
                <td>{cons.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
