import { type RunSectionKey, runReport } from '../../../shared/report/runReport';
import type { RunDocument } from '../../../shared/run/document';
import { ReportSections } from '../../ui/ReportBlocks';

/** What is shown elsewhere on the screen, or is the business of an export. */
const shown: ReadonlySet<RunSectionKey> = new Set([
  'checks',
  'operations',
  'journeys',
  'stepChecks',
  'stages',
  'memory',
  'phases',
]);

/** What the verdict rests on: what could be doubted, integrity, and the parts by operation. */
export function Evidence({ document }: { document: RunDocument }) {
  return (
    <div className="evidence">
      <ReportSections sections={runReport(document).sections.filter(({ key }) => shown.has(key))} />
    </div>
  );
}
