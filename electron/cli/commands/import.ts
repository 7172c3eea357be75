import { Command } from 'commander';
import { toolNames } from '../../../shared/interchange/importedResult';
import { describeImport } from '../../../shared/report/wording/describeImport';
import { formatShare } from '../../../shared/units/format';
import { importInto, importRuns } from '../../app/importing/importRuns';
import { print, printJson } from '../../system/terminal';
import { errorExitCode } from '../exitCodes';
import { printError } from '../output';
import { StatusLine } from '../statusLine';
import { withHistory } from './withHistory';

export function importCommand(): Command {
  return new Command('import')
    .description(`import results of ${Object.values(toolNames).join(', ')}, or runs of another Proofload`)
    .argument('<files...>', 'files that the tools have written; Proofload recognises the format by the content')
    .option('--json', 'print what was imported, and what was not, as JSON')
    .option('--data-dir <dir>', 'data folder, where runs are saved')
    .action(async (files: string[], { json, dataDir }: { json?: true; dataDir?: string }) => {
      const line = new StatusLine(process.stderr);
      const { imported, errors } = await withHistory(dataDir, (history) =>
        importRuns(files, importInto(history, new Date()), {
          onProgress: (progress) => line.show(`${describeImport(progress)}, ${formatShare(progress.share)} read`),
        }),
      ).finally(() => line.clear());
      if (json) printJson({ imported, errors });
      else {
        for (const { id, name, notes } of imported)
          print([`${id}  ${name}`, ...notes.map((note) => `  - ${note}`), ''].join('\n'));
      }
      for (const error of errors) printError(error);
      const [first] = errors;
      if (first) process.exitCode = errorExitCode(first.code);
    });
}
