import { Command } from 'commander';
import { ProofloadError } from '../../../shared/errors/appError';
import { fullUrl, wireUrl } from '../../../shared/http/wireUrl';
import { describeDuration, describeLoad } from '../../../shared/scenario/describe';
import { checkDraft } from '../../../shared/scenario/draft';
import { chosenDraft, chosenRequests } from '../../../shared/scenario/importers/importChoice';
import { nameImported } from '../../../shared/scenario/importers/nameImported';
import type { Step } from '../../../shared/scenario/journeys';
import type { RequestFields } from '../../../shared/scenario/requests';
import type { Scenario } from '../../../shared/scenario/schema';
import { requestsIn } from '../../../shared/scenario/steps';
import type { NamedSecret } from '../../../shared/secrets/nameSecrets';
import { redactUrl } from '../../../shared/secrets/redact';
import { secretNamesIn } from '../../../shared/secrets/reference';
import { printableLine } from '../../../shared/text/printable';
import { levels } from '../../app/runs/levels';
import { requestsOfFile } from '../../reading/readRequestFile';
import { print, printJson, printToStderr } from '../../system/terminal';
import { checkWritable, writeJson } from '../output';
import { allowHostOption } from './hostOptions';
import { loadScenario } from './loadScenario';
import { headerOption, withConnectionOptions } from './runOptions';
import { secretOption } from './secretOptions';
import type { TryOptions } from './tryScenario';
import type { Program } from './withServices';

interface ImportOptions {
  out?: string;
  name?: string;
  host: string[];
  static: boolean;
  weights?: true;
  correlate?: true;
}

const collect = (value: string, values: string[]): string[] => [...values, value];

/** The number of imported requests: `12 requests imported, as a journey of 20 steps`. */
function describeCount(count: number, journeys: readonly { steps: readonly unknown[] }[]): string {
  const requests = `${count} ${count === 1 ? 'request' : 'requests'} imported`;
  if (journeys.length === 0) return requests;
  const steps = journeys.reduce((sum, journey) => sum + journey.steps.length, 0);
  return `${requests}, as ${journeys.length === 1 ? 'a journey' : `${journeys.length} journeys`} of ${steps} steps`;
}

/** A line for each note and each secret, and one for the next step. */
function describeImport(
  count: string,
  notes: readonly string[],
  secrets: readonly Pick<NamedSecret, 'name' | 'about'>[],
  out: string | undefined,
): string {
  const lines = [
    count,
    ...notes.map((note) => `  - ${printableLine(note)}`),
    ...secrets.map(
      ({ name, about }) =>
        `  - ${printableLine(about)} looks like a secret and is named ${name}: give its value with --secret ${name} or in PROOFLOAD_SECRET_${name}.`,
    ),
    ...(out === undefined ? [] : [`Run it with proofload run ${out}`]),
  ];
  return `${lines.join('\n')}\n`;
}

async function importFile(file: string, options: ImportOptions): Promise<void> {
  const { out, name, host, static: withStatic, weights, correlate } = options;
  checkWritable(out);
  const read = await requestsOfFile(file, { hosts: host, withoutStaticAssets: !withStatic });
  const choice = { weights: weights === true, correlates: correlate === true };
  const chosen = chosenRequests(read, choice);
  const { imported, secrets } = nameImported(name === undefined ? chosen : { ...chosen, name }, []);
  const { draft, journeys, notes } = chosenDraft(imported, choice, new Set(levels.map(({ id }) => id)));
  const checked = checkDraft(draft);
  if (!checked.ok)
    throw new ProofloadError(
      'import-failed',
      `the requests of ${file} are not a valid scenario: ${checked.problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
      'report this as a defect, with the file if you can',
    );
  const count = describeCount(read.requests.length, journeys);
  const report = describeImport(count, notes, secrets, out);
  if (out === undefined) {
    printJson(draft);
    printToStderr(report);
  } else {
    writeJson(out, draft);
    print(report);
  }
}

function stepCount(steps: readonly Step[]): string {
  return `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
}

/** The servers of requests, each once. For requests with only a path, the run must name the server. */
function serversOf(requests: readonly Pick<RequestFields, 'url'>[]): string[] {
  // A URL that begins with a placeholder is a link on the server that it came from.
  const named = requests.filter(({ url }) => !url.startsWith('{{'));
  const servers = named.map(({ url }) => {
    if (!/^https?:/i.test(url)) return 'the server that --url names';
    const wire = wireUrl(url);
    return redactUrl(fullUrl({ ...wire, user: undefined, target: '' }));
  });
  return [...new Set(servers)];
}

function describeScenario(file: string, scenario: Scenario): string {
  const { name, load, journeys = [], setup, teardown, data, dataFiles = [], proxy } = scenario;
  const sent = requestsIn(scenario);
  const secrets = secretNamesIn(JSON.stringify([sent, proxy]));
  const parts = Object.entries({ setup, teardown }).flatMap(([part, { steps } = { steps: [] }]) =>
    steps.length > 0 ? [`  ${part}: ${stepCount(steps)}`] : [],
  );
  const lines = [
    `${file} is a scenario: ${printableLine(name)}`,
    `  load: ${describeLoad(load, scenario)}, ${describeDuration(load)}`,
    ...journeys.map(({ name: journey, steps }) => `  journey ${printableLine(journey)}: ${stepCount(steps)}`),
    ...parts,
    sent ? `  requests: ${sent.length}, to ${serversOf(sent).join(', ')}` : '  requests: those of the document service',
    ...(proxy === undefined ? [] : [`  proxy: ${redactUrl(proxy)}`]),
    ...dataFiles.map((used) => `  data file ${used.name}: ${printableLine(used.file)}, ${used.mode}`),
    ...(data.length > 0 ? [`  data: ${data.length} ${data.length === 1 ? 'row' : 'rows'}`] : []),
    ...(secrets.length > 0 ? [`  secrets: ${secrets.join(', ')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** `proofload scenario`: scenarios as files. */
export function scenarioCommand(program: Program): Command {
  const command = new Command('scenario').description(
    'make a scenario file from requests that you have, check one, and try its journeys',
  );
  command
    .command('import')
    .description(
      'make a scenario from curl commands, a HAR file, an OpenAPI or Swagger document, a collection of Postman, Insomnia or Bruno, or an .http file',
    )
    .argument('<file>', 'the file; Proofload recognises its format by the content')
    .option('--out <file>', 'write the scenario to this file instead of the terminal')
    .option('--name <name>', 'the name of the scenario; by default that of the file or its server')
    .option(
      '--host <host>',
      'take only the requests of a recording to this host, such as 127.0.0.1:3000; may be repeated',
      collect,
      [],
    )
    .option('--no-static', 'leave out the scripts, styles, images, fonts and media of a recording')
    .option('--weights', 'make single requests, drawn by weight, from a recording or from folders, instead of journeys')
    .option('--correlate', 'make variables from the values in responses that later requests of a recording send back')
    .action(importFile);
  command
    .command('check')
    .description('check a scenario file, and say what is wrong with it')
    .argument('<file>', 'the scenario file')
    .action((file: string) => print(describeScenario(file, loadScenario(file))));
  const trying = command
    .command('try')
    .description(
      'send the requests of one journey once, as one virtual user without think times, and show what was sent and received; exits with 99 when a step fails',
    )
    .argument('<file>', 'the scenario file')
    .option('--journey <name>', 'the journey, or the request of a scenario without journeys; by default the first')
    .option('--json', 'print what was sent and received as JSON')
    .option('--url <url>', 'the base URL for paths without a host')
    .addOption(headerOption())
    .addOption(secretOption())
    .option('--allow-remote', 'allow servers that are not on this machine')
    .addOption(allowHostOption());
  withConnectionOptions(trying)
    .option('--data-dir <dir>', 'data folder')
    .action(async (file: string, options: TryOptions) => {
      // The code for runs is loaded on demand.
      process.exitCode = await (await import('./tryScenario')).tryScenario(file, options, program);
    });
  return command;
}
