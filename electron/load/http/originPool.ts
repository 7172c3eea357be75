import type { ConnectionOwner, Exchange } from './exchange';

/** The connections to one origin, whatever they speak. */
export interface OriginPool {
  /** The version of HTTP that is spoken; undefined before that is known. */
  readonly httpVersion: '1.1' | '2' | undefined;
  /** The address that accepted the first connection. */
  readonly connectedAddress: string | undefined;
  /**
   * Opens connections ahead of a load that begins with `count` requests at once, bounded in time. `areOwned`: whether each
   * is of a user that has connections of its own. Throws `target-unreachable` when not a single one can be opened.
   */
  preconnect(count: number, areOwned?: boolean): Promise<void>;
  /** Ends {@link preconnect} at once; it resolves. */
  cancelPreconnect(): void;
  /** Sends the exchange's request; the exchange settles exactly once. */
  send(exchange: Exchange): void;
  /** Closes the idle connection of an owner, if there is one. */
  release(owner: ConnectionOwner): void;
  /** Closes the idle connections of all owners. */
  closeOwned(): void;
  /** Closes all connections; requests in flight settle as `not-finished`. */
  close(): void;
  /** What is to be said of the server at the end, if anything. */
  warning(): string | undefined;
}
