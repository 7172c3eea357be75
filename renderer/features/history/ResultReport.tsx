import type { ImportedResult } from '../../../shared/interchange/importedResult';
import { importedFigures, importedReport, toolOf } from '../../../shared/report/importedReport';
import { formatTime } from '../../../shared/units/format';
import { ReportSections } from '../../ui/ReportBlocks';
import { VerdictBadge } from '../../ui/VerdictBadge';

/** The result of another tool: what its file tells, and what that means. */
export function ResultReport({ result }: { result: ImportedResult }) {
  const { subject, sections } = importedReport(result);
  return (
    <div className="report">
      <header className="headline" data-verdict="imported">
        <p className="headline-meta quiet">
          {toolOf(result)} · {result.file} · imported {formatTime(result.importedAt)}
        </p>
        <p className="headline-sentence">
          <VerdictBadge verdict="imported" /> {subject}
        </p>
      </header>
      <dl className="tiles">
        {importedFigures(result).map(({ label, value, note }) => (
          <div key={label} className="tile" data-tile={label}>
            <dt>{label}</dt>
            <dd className="tile-value">{value}</dd>
            <dd className="quiet">{note}</dd>
          </div>
        ))}
      </dl>
      <ReportSections sections={sections.filter(({ key }) => key !== 'figures' && key !== 'run')} />
    </div>
  );
}
