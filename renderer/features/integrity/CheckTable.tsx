import type { CheckResult, CheckStatus } from '../../../shared/engines/conformance';
import { HeaderRow } from '../../ui/HeaderRow';

const marks: Record<CheckStatus, { mark: string; word: string; className: string }> = {
  passed: { mark: '✓', word: 'passed', className: 'mark mark-ok' },
  failed: { mark: '✗', word: 'failed', className: 'mark mark-failed' },
  'not-supported': { mark: '–', word: 'not supported', className: 'mark quiet' },
  'not-run': { mark: '–', word: 'not run', className: 'mark quiet' },
};

/** Checks of a suite with what was done and seen in each. */
export function CheckTable({ checks }: { checks: readonly CheckResult[] }) {
  return (
    <table className="check-table" aria-label="Checks">
      <HeaderRow titles={['Result', 'Guarantee', 'Evidence']} />
      <tbody>
        {checks.map(({ id, group, title, status, evidence }) => {
          const { mark, word, className } = marks[status];
          return (
            <tr key={id} data-check={id} data-status={status}>
              <td className={className}>
                {mark} {word}
              </td>
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
          );
        })}
      </tbody>
    </table>
  );
}
