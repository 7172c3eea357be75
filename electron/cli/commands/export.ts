import { Command, Option } from 'commander';
import { openHistory } from '../../history/openHistory';
import { type ExportFormat, exportFormats, exportRun } from '../../report/exportRun';
import { dataFolder } from '../../run/dataFolder';
import { writeText } from '../output';

interface ExportOptions {
  to: ExportFormat;
  out?: string;
  dataDir?: string;
}

export function exportCommand(): Command {
  return new Command('export')
    .description(
      'write a saved run in the format of others: seconds as CSV, a HdrHistogram log, JUnit, the run document',
    )
    .argument('<run>', 'the id of the run')
    .addOption(new Option('--to <format>', 'what to write').choices(exportFormats).makeOptionMandatory())
    .option('--out <file>', 'write to this file instead of the terminal')
    .option('--data-dir <dir>', 'where runs are kept')
    .action((id: string, { to, out, dataDir }: ExportOptions) => {
      const history = openHistory(dataFolder(dataDir));
      try {
        const document = history.document(id);
        const text = exportRun({ document, histograms: () => history.responseHistograms(id) }, to);
        if (out === undefined) process.stdout.write(text);
        else writeText(out, text);
      } finally {
        history.close();
      }
    });
}
