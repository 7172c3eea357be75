import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { k6Image, type RemotePlace, remotePlaces, type ToolDriver, toolDrivers } from '../../../shared/run/driver';
import { type HttpMethod, httpMethods } from '../../../shared/run/target';
import type { ScenarioOverrides } from '../../../shared/scenario/overrides';
import { mostRedirects } from '../../../shared/scenario/redirects';
import { hasTlsOptions, type TlsOptions } from '../../../shared/scenario/tlsOptions';
import { parseThreshold, splitThresholdOption } from '../../../shared/thresholds/parse';
import { parseDurationMs } from '../../../shared/units/duration';
import { durationOption } from './durationOption';
import { type EngineOptions, withEngineOptions } from './engineOptions';
import { allowHostOption } from './hostOptions';
import { isCount, numberOption, portOption } from './numberOption';
import { secretOption } from './secretOptions';
import type { ServiceOptions } from './withServices';

/** The options of `proofload run`, parsed. */
export interface RunOptions extends ServiceOptions, EngineOptions {
  url?: string;
  request?: HttpMethod;
  header: [string, string][];
  data?: string;
  insecure?: true;
  cacert?: string;
  cert?: string;
  key?: string;
  serverName?: string;
  'tlsv1.2'?: true;
  'tlsv1.3'?: true;
  unixSocket?: string;
  proxy?: string;
  http2?: true;
  http2PriorKnowledge?: true;
  location?: true;
  maxRedirs?: number;
  rate?: number;
  vus?: number;
  iterations?: number;
  stages?: { duration: string; target: number }[];
  arrivals?: 'even' | 'poisson';
  processes?: number;
  duration?: string;
  warmup?: string;
  seed?: number;
  driver?: 'proofload' | 'autocannon' | ToolDriver;
  /** The executables of other tools. */
  k6?: string;
  artillery?: string;
  /** Whether Docker starts the tool, and from which image. */
  docker?: true;
  dockerImage?: string;
  /** Where a tool generates the load instead, and what is done with its plan. */
  on?: RemotePlace;
  apply?: true;
  dryRun?: true;
  files?: string;
  kubectl?: string;
  kubeContext?: string;
  namespace?: string;
  region?: string;
  threshold: [string, string][];
  baseline?: string;
  targetPid: number[];
  port?: number;
  profile?: true;
  junit?: string;
  html?: string;
  summaryMarkdown?: string;
  out?: string;
  /** Only in `proofload run`, as is `otlp`. */
  prometheusPort?: number;
  otlp?: string;
  save: boolean;
}

function stages(text: string): { duration: string; target: number }[] {
  return text.split(',').map((stage) => {
    const [length = '', target = '', ...rest] = stage.trim().split(':');
    if (rest.length > 0 || parseDurationMs(length) === undefined || target === '' || !(Number(target) >= 0))
      throw new InvalidArgumentError('must be DURATION:TARGET, such as 30s:200,1m:2000');
    return { duration: length, target: Number(target) };
  });
}

function threshold(text: string, earlier: [string, string][]): [string, string][] {
  const split = splitThresholdOption(text);
  if (!split) throw new InvalidArgumentError('must be METRIC:EXPRESSION, such as "http_req_duration:p(95)<50"');
  const parsed = parseThreshold(...split);
  if (!parsed.ok) throw new InvalidArgumentError(`${parsed.error.message}; ${parsed.error.hint}`);
  return [...earlier, [split[0], split[1]]];
}

function header(text: string, earlier: [string, string][]): [string, string][] {
  const colon = text.indexOf(':');
  if (colon <= 0) throw new InvalidArgumentError('must be "Name: value"');
  return [...earlier, [text.slice(0, colon).trim(), text.slice(colon + 1).trim()]];
}

/** `-H`: a header of every request, as in curl. */
export function headerOption(): Option {
  return new Option('-H, --header <line>', 'header for --url, as in curl; may be repeated')
    .argParser(header)
    .default([]);
}

const parseProcessNumber = numberOption((value) => Number.isInteger(value) && value > 1, 'must be a process number');

function processNumber(text: string, earlier: number[]): number[] {
  return [...earlier, parseProcessNumber(text)];
}

/** Adds the description, the argument and the options of `proofload run`. */
export function runOptions(command: Command): Command {
  command
    .description('run a level or a scenario file')
    .argument('<level-or-file>', 'level-0, level-1, ... or the path of a scenario file');
  return targetOptions(command)
    .option(
      '--rate <n>',
      'arrivals per time unit',
      numberOption((value) => value > 0, 'must be a number above 0'),
    )
    .option('--vus <n>', 'virtual users', numberOption(isCount, 'must be a whole number from 1'))
    .option(
      '--iterations <n>',
      'number of iterations, for each virtual user or shared, depending on the executor',
      numberOption(isCount, 'must be a whole number from 1'),
    )
    .option('--stages <list>', 'stages of a ramp: DURATION:TARGET,...', stages)
    .option(
      '--prometheus-port <n>',
      'serve /metrics for Prometheus on this port of 127.0.0.1 during the run; 0 chooses a free one',
      portOption,
    )
    .option(
      '--otlp <url>',
      'send metrics to this OTLP/HTTP receiver during the run, such as http://127.0.0.1:4318; the headers come from OTEL_EXPORTER_OTLP_HEADERS',
    )
    .addOption(
      new Option(
        '--driver <name>',
        'what generates the load: Proofload, autocannon in a closed model, or another tool that is installed',
      ).choices(['proofload', 'autocannon', ...toolDrivers]),
    )
    .option('--k6 <file>', 'path of k6 for --driver k6, if it is not on the PATH')
    .option('--artillery <file>', 'path of Artillery for --driver artillery, if it is not on the PATH')
    .addOption(
      new Option('--docker', `run k6 for --driver k6 in Docker on this machine, from the image ${k6Image}`).conflicts([
        'k6',
        'on',
      ]),
    )
    .addOption(
      new Option('--docker-image <name>', 'use this image for --docker instead; its entry point must be k6').implies({
        docker: true,
      }),
    )
    .addOption(
      new Option(
        '--on <place>',
        'generate the load elsewhere, on --processes machines: with k6 in Kubernetes, with Artillery on AWS; without --apply, write the files, print the commands and start nothing',
      ).choices(remotePlaces),
    )
    .option('--apply', 'with --on, start the load there, wait for its end and save its result')
    .addOption(
      new Option('--dry-run', 'with --on, print every file and command, write nothing and send nothing').conflicts(
        'apply',
      ),
    )
    .option(
      '--files <dir>',
      'with --on, write the files to this folder (default: proofload-ID, with the id of the scenario)',
    )
    .option('--kubectl <file>', 'path of kubectl for --on kubernetes, if it is not on the PATH')
    .option('--kube-context <name>', 'kubectl context for --on kubernetes; by default the current one')
    .option('--namespace <name>', 'namespace for --on kubernetes; by default that of the context')
    .option('--region <name>', 'AWS region for --on fargate and --on lambda, such as eu-central-1');
}

/** Adds the options for the connection to a --url. */
export function withConnectionOptions(command: Command): Command {
  return command
    .option('-k, --insecure', 'do not check the certificates of https servers')
    .option('--cacert <file>', 'PEM file of the certificate authorities to trust, for https servers')
    .option('--cert <file>', 'PEM file of the client certificate')
    .option(
      '--key <file>',
      'PEM file of the key of the client certificate; not needed if the file of --cert contains it',
    )
    .option('--server-name <name>', 'name for SNI and certificate verification, if it is not the host of the URL')
    .addOption(new Option('--tlsv1.2', 'use TLS 1.2 or later, as in curl (the default)').conflicts('tlsv1.3'))
    .option('--tlsv1.3', 'use TLS 1.3 or later, as in curl')
    .option('--unix-socket <path>', 'connect to this Unix socket instead of the host of --url, as in curl')
    .option(
      '-x, --proxy <url>',
      'send all requests through this HTTP proxy, as in curl: http://host:port, with user and password as {{secret.NAME}} before the host',
      (text) => (text.includes('://') ? text : `http://${text}`),
    )
    .option('--http2', 'use HTTP/2 if an https server offers it, otherwise HTTP/1.1, as in curl')
    .addOption(
      new Option('--http2-prior-knowledge', 'use HTTP/2 whatever the server offers, also without TLS').conflicts(
        'http2',
      ),
    );
}

type TlsFlags = Pick<RunOptions, 'insecure' | 'cacert' | 'cert' | 'key' | 'serverName' | 'tlsv1.2' | 'tlsv1.3'>;

/** The TLS options. Undefined when none is given. As in curl, the file of the client certificate can contain its key. */
export function tlsOptions(flags: TlsFlags): TlsOptions | undefined {
  const { insecure, cacert, cert, key = cert, serverName } = flags;
  const minVersion = flags['tlsv1.3'] ? 'TLSv1.3' : flags['tlsv1.2'] ? 'TLSv1.2' : undefined;
  const options: TlsOptions = {
    insecureSkipTLSVerify: insecure === true,
    ...(cacert === undefined ? {} : { caFile: resolve(cacert) }),
    ...(cert === undefined ? {} : { certFile: resolve(cert) }),
    ...(key === undefined ? {} : { keyFile: resolve(key) }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(minVersion === undefined ? {} : { minVersion }),
  };
  return hasTlsOptions(options) ? options : undefined;
}

/**
 * The connection settings that override those of the scenario. With --url, the TLS options are those of the target,
 * which go before the scenario's.
 */
export function transportOverrides({
  url,
  proxy,
  http2,
  http2PriorKnowledge,
  ...tls
}: Pick<RunOptions, 'url' | 'proxy' | 'http2' | 'http2PriorKnowledge'> & TlsFlags): Pick<
  ScenarioOverrides,
  'proxy' | 'httpVersion' | 'tls'
> {
  return {
    proxy,
    httpVersion: http2PriorKnowledge ? '2-prior-knowledge' : http2 ? '2' : undefined,
    tls: url === undefined ? tlsOptions(tls) : undefined,
  };
}

/** Adds the options for the target, the length of the run and its results. */
export function targetOptions(command: Command): Command {
  const withTarget = withEngineOptions(command)
    .option('--url <url>', 'load this URL instead of the built-in service')
    .addOption(new Option('-X, --request <method>', 'HTTP method for --url').choices(httpMethods))
    .addOption(headerOption())
    .option('-d, --data <text>', 'body for --url, as in curl')
    .option('-L, --location', 'follow redirects of --url, as in curl; each is a request of its own')
    .option(
      '--max-redirs <n>',
      `with -L, the maximum number of redirects, at most ${mostRedirects} (default: ${mostRedirects})`,
      numberOption(
        (value) => Number.isInteger(value) && value >= 0 && value <= mostRedirects,
        `must be a whole number from 0 to ${mostRedirects}`,
      ),
    )
    .addOption(secretOption())
    .option('--allow-remote', 'allow a --url or a database that is not on this machine')
    .addOption(allowHostOption());
  return withConnectionOptions(withTarget)
    .addOption(new Option('--arrivals <process>', 'spacing of arrivals').choices(['even', 'poisson']))
    .option('--processes <n>', 'number of load processes', numberOption(isCount, 'must be a whole number from 1'))
    .option(
      '--duration <time>',
      'length of the measured part; a run that is shorter than its level is marked and unlocks no level',
      durationOption,
    )
    .option('--warmup <time>', 'length of the warm-up, which is not measured', durationOption)
    .option(
      '--seed <n>',
      'seed of data, keys and operations',
      numberOption((value) => Number.isInteger(value) && value >= 0, 'must be a whole number from 0'),
    )
    .option('--threshold <expr>', 'additional threshold, METRIC:EXPRESSION; may be repeated', threshold, [])
    .option(
      '--baseline <run>',
      'baseline for thresholds such as p(95)<=baseline*1.05: the id of a run, or the file of a run document; by default, the baseline in the history',
    )
    .option(
      '--target-pid <n>',
      'id of a process of the target on this machine, if its port does not lead to the process, as with a container; may be repeated',
      processNumber,
      [],
    )
    .option('--port <n>', 'port of the built-in service', portOption)
    .option('--profile', 'take a CPU profile of the built-in service, which slows it by a few per cent')
    .option('--out <file>', 'write the run document to this file')
    .option('--junit <file>', 'write thresholds and verdict as JUnit XML to this file')
    .option('--html <file>', 'write a self-contained HTML page with charts to this file')
    .option(
      '--summary-markdown <file>',
      'append a Markdown summary with charts to this file, such as "$GITHUB_STEP_SUMMARY"; it compares the run with its baseline',
    )
    .option('--no-save', 'do not save the run in the history')
    .option('--data-dir <dir>', 'data folder, where runs are saved')
    .option('--quiet', 'print errors only');
}
