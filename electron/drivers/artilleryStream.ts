import { z } from 'zod';
import { isRedirect } from '../../shared/scenario/requests';
import type { ToolListener } from './toolEvents';

const momentMs = z.number();
/** What the plugin writes, a line each. */
const lineSchema = z.union([
  /** The first user has arrived. */
  z.tuple([z.literal('b'), momentMs]),
  /** A request was sent. */
  z.tuple([z.literal('s'), momentMs]),
  /**
   * A request has ended: operation, send, end, first byte, status, error, what came of its checks, and whether it was
   * the first over its connection.
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
  ]),
  /** An iteration has begun: journey, start. One that fails or is cut off has no other line. */
  z.tuple([z.literal('j'), z.string(), momentMs]),
  /** An iteration has come to its end: journey, start, end. */
  z.tuple([z.literal('i'), z.string(), momentMs, momentMs]),
  /** By how much the event loop of its worker was late at worst, in ms, and the moment. */
  z.tuple([z.literal('u'), momentMs, z.number()]),
]);
type Asked = NonNullable<Extract<z.infer<typeof lineSchema>, readonly ['r', ...unknown[]]>[7]>;

/** Errors of got and of Node by the kind of failure that they are. */
const failureKinds: Readonly<Record<string, string>> = {
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  ERR_SOCKET_TIMEOUT: 'timeout',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'host-unreachable',
  EADDRNOTAVAIL: 'out-of-ports',
  EADDRINUSE: 'out-of-ports',
  EMFILE: 'out-of-files',
  ENFILE: 'out-of-files',
};

/** What the responses of an operation are judged by. */
export interface ExpectedResponse {
  isExpected(status: number): boolean;
  /** The names of its checks, by the place at which Artillery tells of them. */
  checks: readonly { name: string; kind: 'expect' | 'match' | 'capture'; at: string }[];
}

/** What a response is without a check of its status: 2xx, or a page that has not changed. */
export function isSuccess(status: number, allowsRedirect = false): boolean {
  return (status >= 200 && status < 300) || status === 304 || (allowsRedirect && isRedirect(status));
}

/** Reads what the plugin of Artillery tells and tells it on. */
export class ArtilleryStream {
  readonly #listener: ToolListener;
  readonly #responses: ReadonlyMap<string, ExpectedResponse>;

  constructor(listener: ToolListener, responses: ReadonlyMap<string, ExpectedResponse>) {
    this.#listener = listener;
    this.#responses = responses;
  }

  /** Takes a line. Throws for one that can't be read. */
  line(text: string): void {
    if (text === '') return;
    const line = lineSchema.parse(JSON.parse(text));
    switch (line[0]) {
      case 'b':
        this.#listener.started(line[1]);
        return;
      case 's':
        this.#listener.sent(line[1]);
        return;
      case 'j':
        this.#listener.iterationBegan(line[1], line[2]);
        return;
      case 'i':
        this.#listener.iterationEnded(line[1], line[2], line[3]);
        return;
      case 'u':
        this.#listener.wasLate(line[1], line[2]);
        return;
      case 'r':
        this.#request(line);
    }
  }

  #request([, operation, startedMs, endedMs, firstByteMs, status, error, asked, opensConnection]: Extract<
    z.infer<typeof lineSchema>,
    readonly ['r', ...unknown[]]
  >): void {
    const failed = asked ? this.#check(operation, endedMs, asked) : undefined;
    const isExpected = status !== null && (this.#responses.get(operation)?.isExpected(status) ?? isSuccess(status));
    const failure =
      error !== null ? (failureKinds[error] ?? 'connection-failed') : isExpected ? failed : `status-${status ?? 0}`;
    this.#listener.ended({
      startedMs,
      endedMs,
      operation,
      failure,
      opensConnection,
      // How much of the time until the first byte a connection took is not known.
      phases: firstByteMs === null ? {} : { http_req_receiving: endedMs - firstByteMs },
    });
  }

  /** Tells what came of the checks of a response; returns the kind of failure that it is. */
  #check(operation: string, atMs: number, { expected, failedCaptures, failedMatches }: Asked): string | undefined {
    const failed = new Set([...failedCaptures, ...failedMatches]);
    const { checks = [] } = this.#responses.get(operation) ?? {};
    let isRight = failed.size === 0;
    for (const { name, kind, at } of checks) {
      const ok = kind === 'expect' ? expected[Number(at)] !== false : !failed.has(at);
      if (!ok) isRight = false;
      this.#listener.checked(atMs, operation, name, ok);
    }
    return isRight ? undefined : 'check-failed';
  }
}
