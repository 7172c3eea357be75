import { resolve } from 'node:path';
import { ProofloadError, unwrap } from '../../../shared/errors/appError';
import type { UrlTarget } from '../../../shared/run/target';
import { exitCodes } from '../../../shared/run/verdict';
import { applyOverrides } from '../../../shared/scenario/overrides';
import { urlTarget } from '../../app/targets/urlTarget';
import { print, printJson } from '../../system/terminal';
import { describeTriedJourney } from '../triedReport';
import { folderOfScenario, loadScenario } from './loadScenario';
import { type RunOptions, tlsOptions, transportOverrides } from './runOptions';
import { type Program, type ServiceOptions, withServices } from './withServices';

/** The options of `proofload scenario try`. */
export interface TryOptions
  extends ServiceOptions,
    Pick<
      RunOptions,
      | 'url'
      | 'header'
      | 'insecure'
      | 'cacert'
      | 'cert'
      | 'key'
      | 'serverName'
      | 'tlsv1.2'
      | 'tlsv1.3'
      | 'unixSocket'
      | 'proxy'
      | 'http2'
      | 'http2PriorKnowledge'
    > {
  journey?: string;
  json?: true;
}

/** The server in the options. Undefined when the URLs of the scenario's own requests name it. Throws `usage`. */
function targetOf(options: TryOptions): UrlTarget | undefined {
  const { url, header: headers, unixSocket } = options;
  if (url !== undefined) {
    const tls = tlsOptions(options);
    return urlTarget({
      url,
      headers,
      ...(tls ? { tls } : {}),
      ...(unixSocket === undefined ? {} : { unixSocket: resolve(unixSocket) }),
    });
  }
  if (headers.length > 0 || unixSocket !== undefined)
    throw new ProofloadError('usage', '-H and --unix-socket need --url', 'name the target with --url');
  return undefined;
}

/**
 * Tries a journey of a scenario file, prints what was sent and received, and returns the exit code. Rejects with the
 * error that prevents the try.
 */
export function tryScenario(file: string, options: TryOptions, program: Program): Promise<number> {
  const scenario = unwrap(applyOverrides(loadScenario(file), transportOverrides(options)));
  const target = targetOf(options);
  return withServices(program, options, async (services, signal) => {
    const tried = await services.tryJourney(
      { scenario, target, journey: options.journey, scenarioFolder: folderOfScenario(file) },
      signal,
    );
    if (options.json) printJson(tried);
    else print(describeTriedJourney(tried));
    return exitCodes[tried.outcome];
  });
}
