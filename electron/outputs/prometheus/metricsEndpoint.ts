import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { errorMessage, ProofloadError, systemErrorCode } from '../../../shared/errors/appError';
import type { RunEvent } from '../../../shared/run/events';
import { isLoopbackAuthority } from '../../hosts/addresses';
import { OutputTotals } from '../outputTotals';
import type { OutputSecond, RunOutput } from '../runOutput';
import { openMetricsMediaType, openMetricsText, takesOpenMetrics } from './openMetrics';
import { prometheusMediaType, prometheusText } from './prometheusText';

const path = '/metrics';
/** How long to wait for a last scrape: the longest usual interval of Prometheus, which is its default. */
const patienceMs = 60_000;

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${why}\n`);
}

/**
 * Web pages can reach loopback, as any program can. Prometheus sends no `Origin`, and its `Host` is the name it was
 * given.
 */
function whyRefused({ headers, method, url = '' }: IncomingMessage): [status: number, why: string] | undefined {
  const { host, origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined || (site !== undefined && site !== 'none')) return [403, 'web pages are refused'];
  if (host === undefined || !isLoopbackAuthority(host)) return [421, 'the Host must be this machine'];
  if (method !== 'GET' && method !== 'HEAD') return [405, 'only GET is allowed'];
  return url.split('?')[0] === path ? undefined : [404, `the metrics are at ${path}`];
}

/** Serves the metrics of a run to Prometheus, at `/metrics` on loopback, while the run is in progress. */
export class MetricsEndpoint implements RunOutput {
  readonly url: string;
  readonly #server: Server;
  #totals: OutputTotals | undefined;
  #isScraped = false;
  #isEndScraped = false;
  #onEndScraped: () => void = () => {};

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}${path}`;
    server.on('request', (request, response) => this.#answer(request, response));
  }

  /** Listens on 127.0.0.1; port 0 takes a free one. Rejects with `port-in-use`, `usage`. */
  static open(port: number): Promise<MetricsEndpoint> {
    const server = createServer();
    return new Promise((resolve, reject) => {
      server.once('error', (error) => {
        const isTaken = systemErrorCode(error) === 'EADDRINUSE';
        const [code, why] = isTaken
          ? (['port-in-use', `port ${port} is already in use`] as const)
          : (['usage', `the metrics cannot be served on port ${port}: ${errorMessage(error)}`] as const);
        reject(new ProofloadError(code, why, 'choose another port for the metrics, or 0 for a free one'));
      });
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
        else resolve(new MetricsEndpoint(server, address.port));
      });
    });
  }

  onEvent(event: RunEvent): void {
    if (event.type === 'started') this.#totals = new OutputTotals(event.run);
    else this.#totals?.noteEvent(event);
  }

  onSecond(second: OutputSecond): void {
    this.#totals?.addSecond(second);
  }

  /**
   * If the run was scraped, waits for a scrape of its end, but no longer than `signal` allows. Then closes the
   * endpoint.
   */
  async close(signal: AbortSignal): Promise<string[]> {
    if (this.#isScraped && this.#hasEnd && !signal.aborted) await this.#endScraped(signal);
    const isMissing = this.#isScraped && this.#hasEnd && !this.#isEndScraped;
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    return isMissing
      ? ['The metrics were not scraped after the end of the run, so the scraper does not have the verdict.']
      : [];
  }

  get #hasEnd(): boolean {
    return this.#totals?.document !== undefined;
  }

  /** Resolves at the first scrape after the end, or when the wait is over. */
  #endScraped(signal: AbortSignal): Promise<void> {
    if (this.#isEndScraped) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, patienceMs);
      signal.addEventListener('abort', end);
      this.#onEndScraped = end;
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const refused = whyRefused(request);
    if (refused) {
      refuse(response, ...refused);
      return;
    }
    const isOpenMetrics = takesOpenMetrics(request.headers.accept);
    let text: string;
    try {
      text = isOpenMetrics ? '# EOF\n' : '';
      if (this.#totals) text = isOpenMetrics ? openMetricsText(this.#totals) : prometheusText(this.#totals);
    } catch (error) {
      // A failure to report a run must not end it.
      refuse(response, 500, errorMessage(error));
      return;
    }
    const isWhole = request.method === 'GET';
    const isEnd = isWhole && this.#hasEnd;
    this.#isScraped ||= isWhole;
    response.once('finish', () => {
      if (!isEnd) return;
      this.#isEndScraped = true;
      this.#onEndScraped();
    });
    const type = isOpenMetrics ? openMetricsMediaType : prometheusMediaType;
    response.writeHead(200, { 'Content-Type': type }).end(isWhole ? text : '');
  }
}
