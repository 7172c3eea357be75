import type { CheckResult, CheckStatus } from '../../../shared/engines/conformance';
import { checkText } from '../../../shared/report/status';
import { HeaderRow } from '../../ui/HeaderRow';

const classes: Record<CheckStatus, string> = {
  passed: 'mark mark-ok',
  failed: 'mark mark-failed',
  'not-supported': 'mark quiet',
  'not-run': 'mark quiet',
};

/** Checks of a suite with what was done and seen in each. */
export function CheckTable({ checks }: { checks: readonly CheckResult[] }) {
  return (
    <table className="check-table" aria-label="Checks">
      <HeaderRow titles={['Status', 'Guarantee', 'Evidence']} />
      <tbody>
        {checks.map(({ id, group, title, status, evidence }) => (
          <tr key={id} data-check={id} data-status={status}>
            <td className={classes[status]}>{checkText(status)}</td>
            <td>
              {title}
              <div className="quiet">
                {group}, {id}
              </div>
            </td>
            <td>
              {evidence.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
