import { Command, Option } from 'commander';
import { ProofloadError } from '../../../shared/errors/appError';
import { type ExportFormat, exportFormats, isScenarioFormat } from '../../../shared/interchange/formats';
import type { Scenario } from '../../../shared/scenario/schema';
import { exportScenario } from '../../report/exporters/exportRun';
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

/** The scenario of a level, a file or a saved run, and the server that the run has loaded. */
async function scenarioOf(name: string, dataDir?: string): Promise<{ scenario: Scenario; origin?: string }> {
  if (!isRunId(name)) return { scenario: loadScenario(name) };
  const { scenario, target } = await withHistory(dataDir, (history) => history.document(name));
  return target.kind === 'url' ? { scenario, origin: new URL(target.url).origin } : { scenario };
}

/** A scenario without requests loads the built-in service: against another one it says nothing. */
function originOf(scenario: Scenario, url: string | undefined, ofRun: string | undefined): string | undefined {
  if (url === undefined) return ofRun;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new ProofloadError('usage', `${url} is no URL`, 'give a server such as http://127.0.0.1:3000');
  return scenario.requests ? new URL(url).origin : url.replace(/\/+$/, '');
}

async function textOf(name: string, { to, url, dataDir }: ExportOptions): Promise<string> {
  if (isScenarioFormat(to)) {
    const { scenario, origin } = await scenarioOf(name, dataDir);
    return exportScenario(scenario, to, originOf(scenario, url, origin)).text;
  }
  return withHistory(dataDir, (history) => exportStored(history, name, to));
}

export function exportCommand(): Command {
  return new Command('export')
    .description(
      'write a saved run in the format of others (seconds as CSV, a HdrHistogram log, JUnit, a page that stands alone, the run document), or a scenario for k6 or Artillery',
    )
    .argument('<level-or-run>', 'the id of a run; for k6 and Artillery a level or a scenario file as well')
    .addOption(new Option('--to <format>', 'what to write').choices(exportFormats).makeOptionMandatory())
    .option('--url <url>', 'the server that k6 or Artillery is to load')
    .option('--out <file>', 'write to this file instead of the terminal')
    .option('--data-dir <dir>', 'where runs are kept')
    .action(async (name: string, options: ExportOptions) => {
      const text = await textOf(name, options);
      if (options.out === undefined) print(text);
      else writeText(options.out, text);
    });
}
