import type { ImportedResult } from '../../../shared/interchange/importedResult';
import {
  type ImportedSectionKey,
  importedFigures,
  importedReport,
  toolOf,
} from '../../../shared/report/importedReport';
import { formatTime } from '../../../shared/units/format';
import { ReportBlock, ReportSections } from '../../ui/ReportBlocks';
import shared from '../../ui/shared.module.css';
import { VerdictBadge } from '../../ui/VerdictBadge';

/** The result of another tool: the content of its file, and what that means. */
export function ResultReport({ result }: { result: ImportedResult }) {
  const { subject, sections } = importedReport(result);
  const sectionsOf = (...keys: ImportedSectionKey[]) => sections.filter(({ key }) => keys.includes(key));
  return (
    <div className={shared.stack}>
      <header>
        <p className={shared.quiet}>
          {toolOf(result)} · {result.file} · imported {formatTime(result.importedAt)}
        </p>
        <p className={shared.sentence}>
          <VerdictBadge verdict="imported" /> {subject}
        </p>
      </header>
      <ReportSections sections={sectionsOf('thresholds')} />
      <ReportBlock block={{ kind: 'figures', figures: importedFigures(result) }} />
      <ReportSections sections={sectionsOf('meaning', 'operations')} />
    </div>
  );
}
