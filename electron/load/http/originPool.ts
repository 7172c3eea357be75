import type { ConnectionOwner, Exchange } from './exchange';

/** The connections to one origin, with any HTTP version. */
export interface OriginPool {
  /** The negotiated version of HTTP; undefined until it is known. */
  readonly httpVersion: '1.1' | '2' | undefined;
  /** The address that accepted the first connection. */
  readonly connectedAddress: string | undefined;
  /**
   * Opens connections ahead of a load that begins with `count` requests at once, within a time limit. `areOwned`:
   * whether each request belongs to a user with connections of its own. Throws `target-unreachable` when no connection
   * can be opened.
   */
  preconnect(count: number, areOwned?: boolean): Promise<void>;
  /** Ends {@link preconnect} at once; its promise resolves. */
  cancelPreconnect(): void;
  /** Sends the request of an exchange. The exchange settles exactly once. */
  send(exchange: Exchange): void;
  /** Closes the idle connection of an owner, if there is one. */
  release(owner: ConnectionOwner): void;
  /** Closes the idle connections of all owners. */
  closeOwned(): void;
  /** Closes all connections. Requests in flight settle as `not-finished`. */
  close(): void;
  /** The warning about the server at the end of the load, if any. */
  warning(): string | undefined;
}
