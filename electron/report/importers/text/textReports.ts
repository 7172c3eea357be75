import type { FileImporter } from '../importer';
import { abText } from './abText';
import { autocannonText } from './autocannonText';
import { bombardierText } from './bombardierText';
import { k6Text } from './k6Text';
import { refusedReports } from './refusedReports';
import { siegeText } from './siegeText';
import { spectrumText } from './spectrum';
import { summaryText } from './summaryText';
import { linesOf, sectionsOf, type TextReport } from './textReport';
import { vegetaText } from './vegetaText';
import { wrkText } from './wrkText';

/** The first report that begins at a line reads what follows. */
const reports: readonly TextReport[] = [
  wrkText,
  autocannonText,
  bombardierText,
  abText,
  summaryText,
  vegetaText,
  k6Text,
  siegeText,
  spectrumText,
  ...refusedReports,
];

/**
 * Reads the terminal output of tools, with a result for each report in it, and none when there is no report. Long logs
 * may precede the first report, so only the whole text shows whether there is one.
 */
export const textReports: FileImporter = {
  accepts: (head) => !/^\s*[[{<]/.test(head) && !/[\u{FFFD}\0]/u.test(head.replace(/\u{FFFD}$/u, '')),
  read: async (file) => {
    const sections = sectionsOf(linesOf(await file.text()), reports);
    if (sections.length > 100) throw new RangeError('it has more than 100 reports');
    return sections.map(({ report, lines }) => report.read(lines));
  },
};
