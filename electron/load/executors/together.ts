import type { JourneySender } from '../journey/journeyUser';
import type { Execution } from './executor';

/** Combines several executions into one, which has ended when all of them have. */
export function together(executions: readonly Execution[]): Execution {
  return {
    stop: () => {
      for (const execution of executions) execution.stop();
    },
    finished: Promise.all(executions.map(({ finished }) => finished)).then(() => undefined),
  };
}

/** A sender of one of several executions that share the connections of one client. */
interface SharedSender {
  sender: JourneySender;
  /** Call it when the execution has ended. */
  release(): void;
}

/**
 * Returns senders for `count` executions that share the connections of one client. Closing a sender cuts off its
 * requests as soon as no other execution still uses the client: each other one has closed its sender, or has ended.
 */
export function sharedSenders(client: JourneySender, count: number): SharedSender[] {
  const using = new Set(Array.from({ length: count }, (_, index) => index));
  let isClosing = false;
  const leave = (index: number): void => {
    if (using.delete(index) && isClosing && using.size === 0) client.close();
  };
  return Array.from({ length: count }, (_, index) => ({
    sender: {
      send: (exchange) => client.send(exchange),
      release: (owner) => client.release(owner),
      originOf: (url, from) => client.originOf(url, from),
      close: () => {
        isClosing = true;
        leave(index);
      },
    },
    release: () => leave(index),
  }));
}
