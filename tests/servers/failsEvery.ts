import { type RunningServer, serveHttp } from './serve';

/** A server that answers every `nth` request with 503. */
export function failsEvery(nth: number): Promise<RunningServer> {
  let requests = 0;
  return serveHttp((_request, response) => {
    requests += 1;
    if (requests % nth === 0) response.statusCode = 503;
    response.end();
  });
}
