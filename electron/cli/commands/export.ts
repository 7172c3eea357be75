import { Command, Option } from 'commander';
import { ProofloadError } from '../../../shared/errors/appError';
import { type ExportFormat, exportFormats, isScenarioFormat } from '../../../shared/interchange/formats';
import type { Scenario } from '../../../shared/scenario/schema';
import { exportScenario, loadedUrl } from '../../report/exporters/exportRun';
import { exportStored } from '../../report/exporters/exportStored';
import { isRunId } from '../../run/runId';
import { print } from '../../system/terminal';
import { writeText } from '../output';
import { loadScenario } from './loadScenario';
import { withHistory } from './withHistory';

interface ExportOptions {
  to: ExportFormat;
  url?: string;
  out?: string;
  dataDir?: string;
}

/** The scenario of a level, a file or a saved run, and the target of that run. */
async function scenarioOf(
  name: string,
  dataDir?: string,
): Promise<{ scenario: Scenario; loaded?: string | undefined }> {
  if (!isRunId(name)) return { scenario: loadScenario(name) };
  const document = await withHistory(dataDir, (history) => history.document(name));
  return { scenario: document.scenario, loaded: loadedUrl(document) };
}

function requireUrl(url: string): string {
  if (URL.canParse(url) && /^https?:/i.test(url)) return url;
  throw new ProofloadError('usage', `${url} is not an http(s) URL`, 'give a server such as http://127.0.0.1:3000');
}

async function textOf(name: string, { to, url, dataDir }: ExportOptions): Promise<string> {
  if (isScenarioFormat(to)) {
    const { scenario, loaded } = await scenarioOf(name, dataDir);
    return exportScenario(scenario, to, url === undefined ? loaded : requireUrl(url)).text;
  }
  return withHistory(dataDir, (history) => exportStored(history, name, to));
}

export function exportCommand(): Command {
  return new Command('export')
    .description('export a saved run, or a scenario as a script for k6 or Artillery')
    .argument('<level-or-run>', 'the id of a run; for k6 and Artillery also a level or a scenario file')
    .addOption(new Option('--to <format>', 'format of the export').choices(exportFormats).makeOptionMandatory())
    .option('--url <url>', 'server that k6 or Artillery loads')
    .option('--out <file>', 'write to this file instead of the terminal')
    .option('--data-dir <dir>', 'data folder, where runs are saved')
    .action(async (name: string, options: ExportOptions) => {
      const text = await textOf(name, options);
      if (options.out === undefined) print(text);
      else writeText(options.out, text);
    });
}
