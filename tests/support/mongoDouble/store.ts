import type { Document } from 'bson';
import { writeConflict } from './commandError';
import { type Answered, type Change, type Commit, Journal } from './journal';

interface Version {
  at: number;
  document: Document | null;
}

/** A transaction: what it saw when it began, and what it would change. */
export interface Transaction {
  snapshotAt: number;
  changes: Map<string, Change>;
  ended: Promise<void>;
  end: () => void;
}

function keyOf(namespace: string, id: string): string {
  return `${namespace}\0${id}`;
}

/** Documents with their versions, so that a transaction goes on seeing what was there when it began. */
export class Store {
  readonly #namespaces = new Map<string, Map<string, Version[]>>();
  /** Which open transaction has written a document. */
  readonly #writers = new Map<string, Transaction>();
  /** The last write of each session that can be retried. */
  readonly #answered = new Map<string, Answered>();
  readonly #journal: Journal;
  #clock = 0;

  constructor(journalPath: string) {
    for (const commit of Journal.read(journalPath)) this.#apply(commit);
    this.#journal = new Journal(journalPath);
  }

  begin(): Transaction {
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    return { snapshotAt: this.#clock, changes: new Map(), ended, end };
  }

  find(namespace: string, id: string, transaction?: Transaction): Document | null {
    const own = transaction?.changes.get(keyOf(namespace, id));
    if (own) return own.document;
    return this.#versionAt(this.#namespaces.get(namespace)?.get(id), transaction?.snapshotAt);
  }

  all(namespace: string, transaction?: Transaction): Document[] {
    const ids = new Set(this.#namespaces.get(namespace)?.keys());
    for (const change of transaction?.changes.values() ?? []) if (change.namespace === namespace) ids.add(change.id);
    return [...ids].flatMap((id) => this.find(namespace, id, transaction) ?? []);
  }

  /** The transaction that holds one of these documents: a single write is not refused, it waits for its end. */
  writerOf(namespace: string, ids: readonly string[], but?: Transaction): Transaction | undefined {
    for (const id of ids) {
      const writer = this.#writers.get(keyOf(namespace, id));
      if (writer && writer !== but) return writer;
    }
    return undefined;
  }

  /** What a write was answered when it came first; undefined when it has not changed anything yet. */
  answerOf(session: string, number: string): Document | undefined {
    const last = this.#answered.get(session);
    return last?.number === number ? last.answer : undefined;
  }

  /** Changes documents; in a transaction nobody sees it before the commit. Throws WriteConflict. */
  change(changes: readonly Change[], transaction?: Transaction, answered?: Answered): void {
    if (!transaction) {
      this.#commit({ changes, answered });
      return;
    }
    for (const change of changes) {
      const key = keyOf(change.namespace, change.id);
      const newest = this.#namespaces.get(change.namespace)?.get(change.id)?.at(-1);
      const isHeld = this.writerOf(change.namespace, [change.id], transaction) !== undefined;
      if (isHeld || (newest && newest.at > transaction.snapshotAt)) throw writeConflict();
      this.#writers.set(key, transaction);
      transaction.changes.set(key, change);
    }
  }

  commit(transaction: Transaction, answered: Answered): void {
    this.#commit({ changes: [...transaction.changes.values()], answered });
    this.abort(transaction);
  }

  abort(transaction: Transaction): void {
    for (const [key, writer] of this.#writers) if (writer === transaction) this.#writers.delete(key);
    transaction.end();
  }

  drop(database: string): void {
    const changes = [...this.#namespaces.keys()]
      .filter((namespace) => namespace.startsWith(`${database}.`))
      .flatMap((namespace) => this.all(namespace).map(({ _id }) => ({ namespace, id: String(_id), document: null })));
    this.#commit({ changes });
  }

  flush(): void {
    this.#journal.flush();
  }

  close(): void {
    this.#journal.close();
  }

  #commit(commit: Commit): void {
    if (commit.changes.length === 0) return;
    this.#journal.append(commit);
    this.#apply(commit);
  }

  #apply({ changes, answered }: Commit): void {
    this.#clock += 1;
    if (answered) this.#answered.set(answered.session, answered);
    for (const { namespace, id, document } of changes) {
      const documents = this.#namespaces.get(namespace) ?? new Map<string, Version[]>();
      this.#namespaces.set(namespace, documents);
      // Two versions back is further than any transaction of a test looks.
      const versions = (documents.get(id) ?? []).slice(-20);
      documents.set(id, [...versions, { at: this.#clock, document }]);
    }
  }

  #versionAt(versions: readonly Version[] = [], at = Number.POSITIVE_INFINITY): Document | null {
    return versions.findLast((version) => version.at <= at)?.document ?? null;
  }
}
