import { z } from 'zod';
import { isRedirect } from '../../shared/scenario/requests';
import { networkFailures } from '../load/http/connectionFailure';
import type { ToolListener, ToolSeveral } from './toolEvents';

const momentMs = z.number();
/** Whether it belongs to the warm-up. Null if its time decides that. */
const isWarmup = z.boolean().nullable();
/** The lines that the plugin writes. */
const lineSchema = z.union([
  /** The first user has arrived. */
  z.tuple([z.literal('b'), momentMs]),
  /** A request was sent. */
  z.tuple([z.literal('s'), momentMs, isWarmup]),
  /**
   * A request has ended: operation, send time, end time, time of the first byte, status, error, the results of its
   * checks, whether it was the first on its connection, and whether it belongs to the warm-up.
   */
  z.tuple([
    z.literal('r'),
    z.string(),
    momentMs,
    momentMs,
    momentMs.nullable(),
    z.int().nullable(),
    z.string().nullable(),
    z
      .object({
        expected: z.array(z.boolean()),
        failedCaptures: z.array(z.string()),
        failedMatches: z.array(z.string()),
      })
      .nullable(),
    z.boolean(),
    isWarmup,
  ]),
  /** An iteration has begun: journey, start. No other line follows for one that fails or is cut off. */
  z.tuple([z.literal('j'), z.string(), momentMs, isWarmup]),
  /** An iteration has completed: journey, start, end. */
  z.tuple([z.literal('i'), z.string(), momentMs, momentMs, isWarmup]),
  /** The moment, and the largest event loop delay of the worker, in ms. */
  z.tuple([z.literal('u'), momentMs, z.number()]),
]);
type Asked = NonNullable<Extract<z.infer<typeof lineSchema>, readonly ['r', ...unknown[]]>[7]>;

/** The failure kinds of errors of got and of Node. got reports its own timeouts with the system's code. */
const failureKinds: Readonly<Record<string, string>> = {
  ...networkFailures,
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  ERR_SOCKET_TIMEOUT: 'timeout',
};

/** What the responses of an operation must be. */
export interface ExpectedResponse {
  isExpected(status: number): boolean;
  /** Its checks. `at` is the place at which Artillery reports the result of a check. */
  checks: readonly { name: string; kind: 'expect' | 'match' | 'capture'; at: string }[];
}

/**
 * Whether a response is a success when no check tests the status: 2xx, 304 (not modified), or a redirect if that is
 * allowed.
 */
export function isSuccess(status: number, allowsRedirect = false): boolean {
  return (status >= 200 && status < 300) || status === 304 || (allowsRedirect && isRedirect(status));
}

/** One event of the warm-up or of the measured part. Undefined if its time decides that. */
function oneOf(isOfWarmup: boolean | null): ToolSeveral | undefined {
  return isOfWarmup === null ? undefined : { times: 1, isWarmup: isOfWarmup };
}

/** Parses what the plugin of Artillery writes and reports it to a listener. */
export class ArtilleryStream {
  readonly #listener: ToolListener;
  readonly #responses: ReadonlyMap<string, ExpectedResponse>;

  constructor(listener: ToolListener, responses: ReadonlyMap<string, ExpectedResponse>) {
    this.#listener = listener;
    this.#responses = responses;
  }

  /** Parses a line and reports it. Throws for a line that can't be parsed. */
  line(text: string): void {
    if (text === '') return;
    const line = lineSchema.parse(JSON.parse(text));
    switch (line[0]) {
      case 'b':
        this.#listener.started(line[1]);
        return;
      case 's':
        this.#listener.sent(line[1], line[2] ?? undefined);
        return;
      case 'j':
        this.#listener.iterationBegan(line[1], line[2], line[3] ?? undefined);
        return;
      case 'i':
        this.#listener.iterationEnded(line[1], line[2], line[3], oneOf(line[4]));
        return;
      case 'u':
        this.#listener.wasLate(line[1], line[2]);
        return;
      case 'r':
        this.#request(line);
    }
  }

  #request([, operation, startedMs, endedMs, firstByteMs, status, error, asked, opensConnection, isOfWarmup]: Extract<
    z.infer<typeof lineSchema>,
    readonly ['r', ...unknown[]]
  >): void {
    const failed = asked ? this.#check(operation, endedMs, asked, oneOf(isOfWarmup)) : undefined;
    const isExpected = status !== null && (this.#responses.get(operation)?.isExpected(status) ?? isSuccess(status));
    const failure =
      error !== null ? (failureKinds[error] ?? 'connection-failed') : isExpected ? failed : `status-${status ?? 0}`;
    this.#listener.ended({
      startedMs,
      endedMs,
      operation,
      failure,
      opensConnection,
      // It is not known how much of the time to the first byte was spent on the connection.
      phases: firstByteMs === null ? {} : { http_req_receiving: endedMs - firstByteMs },
      isWarmup: isOfWarmup ?? undefined,
    });
  }

  /** Reports the results of a response's checks. Returns the failure kind, or undefined when all checks passed. */
  #check(
    operation: string,
    atMs: number,
    { expected, failedCaptures, failedMatches }: Asked,
    one: ToolSeveral | undefined,
  ): string | undefined {
    const failed = new Set([...failedCaptures, ...failedMatches]);
    const { checks = [] } = this.#responses.get(operation) ?? {};
    let isRight = failed.size === 0;
    for (const { name, kind, at } of checks) {
      const ok = kind === 'expect' ? expected[Number(at)] !== false : !failed.has(at);
      if (!ok) isRight = false;
      this.#listener.checked(atMs, operation, name, ok, one);
    }
    return isRight ? undefined : 'check-failed';
  }
}
