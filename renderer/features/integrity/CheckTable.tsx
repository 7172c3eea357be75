import clsx from 'clsx';
import type { CheckResult, CheckStatus } from '../../../shared/engines/conformance';
import { checkText } from '../../../shared/report/status';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import styles from './integrity.module.css';

const tones: Record<CheckStatus, string | undefined> = {
  passed: shared.passed,
  failed: shared.failed,
  'not-supported': shared.quiet,
  'not-run': shared.quiet,
};

/** The checks of a suite, each with its evidence. */
export function CheckTable({ checks }: { checks: readonly CheckResult[] }) {
  return (
    <table className={styles.checkTable} aria-label="Checks">
      <HeaderRow titles={['Status', 'Guarantee', 'Evidence']} />
      <tbody>
        {checks.map(({ id, group, title, status, evidence }) => (
          <tr key={id} data-check={id} data-group={group} data-status={status}>
            <td className={clsx(shared.mark, tones[status])}>{checkText(status)}</td>
            <td>
              {title}
              <div className={shared.quiet}>
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
