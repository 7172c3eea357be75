import type { Document } from 'bson';
import { CommandError, duplicateKey, noSuchTransaction } from './commandError';
import type { Answered } from './journal';
import { bySort, matches, updated } from './matching';
import type { Store, Transaction } from './store';

/** MongoDB 8.0. */
const maxWireVersion = 25;
const ok = { ok: 1 };

function namespaceOf(command: Document, collection: unknown): string {
  return `${command.$db}.${String(collection)}`;
}

/** The commands that the engine uses, over one store. Answers of everything else say that this is a test double. */
export class Commands {
  readonly #store: Store;
  readonly #address: string;
  readonly #transactions = new Map<string, Transaction>();

  constructor(store: Store, address: string) {
    this.#store = store;
    this.#address = address;
  }

  async answer(command: Document): Promise<Document> {
    const answered = this.#answeredBefore(command);
    if (answered) return answered;
    const session = transactionName(command);
    try {
      const transaction = this.#transactionOf(command, session);
      const answer = await this.#run(command, transaction);
      if (mustFlush(command) && !transaction) this.#store.flush();
      return answer;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      // An error ends the transaction that it happens in.
      if (session !== undefined) this.#end(session, (transaction) => this.#store.abort(transaction));
      return error.answer();
    }
  }

  /** The answer of a write that its client sends again because it has not got it. */
  #answeredBefore(command: Document): Document | undefined {
    const isRetried = isRetryable(command) || command.commitTransaction !== undefined;
    if (!isRetried) return undefined;
    const { session, number } = writeName(command);
    const answer = this.#store.answerOf(session, number);
    // It may have been answered by the store and not yet by the disk.
    if (answer && mustFlush(command)) this.#store.flush();
    return answer;
  }

  #transactionOf(command: Document, session: string | undefined): Transaction | undefined {
    if (session === undefined) return undefined;
    if (command.startTransaction === true) this.#transactions.set(session, this.#store.begin());
    const transaction = this.#transactions.get(session);
    if (!transaction) throw noSuchTransaction();
    return transaction;
  }

  #end(session: string, how: (transaction: Transaction) => void): void {
    const transaction = this.#transactions.get(session);
    if (!transaction) return;
    this.#transactions.delete(session);
    how(transaction);
  }

  async #run(command: Document, transaction: Transaction | undefined): Promise<Document> {
    const [name = ''] = Object.keys(command);
    switch (name) {
      case 'hello':
      case 'isMaster':
      case 'ismaster':
        return this.#hello();
      case 'ping':
      case 'endSessions':
      case 'createIndexes':
        return ok;
      case 'buildInfo':
        return { version: '8.0.0', proofloadTestDouble: true, ...ok };
      case 'insert':
        return this.#insert(command, transaction);
      case 'find':
        return this.#find(command, transaction);
      case 'findAndModify':
        return this.#findAndModify(command, transaction);
      case 'delete':
        return this.#delete(command, transaction);
      case 'dropDatabase':
        this.#store.drop(command.$db);
        return ok;
      case 'commitTransaction':
        this.#end(transactionName(command) ?? '', (open) =>
          this.#store.commit(open, { ...writeName(command), answer: ok }),
        );
        this.#store.flush();
        return ok;
      case 'abortTransaction':
        this.#end(transactionName(command) ?? '', (open) => this.#store.abort(open));
        return ok;
      default:
        throw new CommandError(59, 'CommandNotFound', `this test double has no command ${name}`);
    }
  }

  #hello(): Document {
    return {
      helloOk: true,
      isWritablePrimary: true,
      ismaster: true,
      setName: 'rs0',
      setVersion: 1,
      hosts: [this.#address],
      primary: this.#address,
      me: this.#address,
      maxBsonObjectSize: 16 * 2 ** 20,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion,
      readOnly: false,
      ...ok,
    };
  }

  #insert(command: Document, transaction: Transaction | undefined): Promise<Document> {
    const namespace = namespaceOf(command, command.insert);
    const documents: Document[] = command.documents;
    const ids = documents.map(({ _id }) => String(_id));
    return this.#whenFree(namespace, ids, transaction, () => {
      const added = new Map<string, Document>();
      const writeErrors: Document[] = [];
      for (const [index, document] of documents.entries()) {
        if (added.has(document._id) || this.#store.find(namespace, document._id, transaction)) {
          const duplicate = duplicateKey(document._id);
          if (transaction) throw duplicate;
          const { codeName: _named, ...details } = duplicate.details;
          writeErrors.push({ index, code: duplicate.code, errmsg: duplicate.message, ...details });
          break;
        }
        added.set(document._id, document);
      }
      const answer = { n: added.size, ...(writeErrors.length > 0 ? { writeErrors } : {}), ...ok };
      const changes = [...added].map(([id, document]) => ({ namespace, id, document }));
      this.#store.change(changes, transaction, answeredWith(command, answer));
      return answer;
    });
  }

  #find(command: Document, transaction: Transaction | undefined): Document {
    const namespace = namespaceOf(command, command.find);
    const { filter = {}, sort = {}, limit = 0 } = command;
    const found = this.#matching(namespace, filter, transaction).sort(bySort(sort));
    const firstBatch = limit > 0 ? found.slice(0, Number(limit)) : found;
    return { cursor: { id: 0n, ns: namespace, firstBatch }, ...ok };
  }

  #findAndModify(command: Document, transaction: Transaction | undefined): Promise<Document> {
    const namespace = namespaceOf(command, command.findAndModify);
    return this.#whenFree(namespace, idsOf(command.query), transaction, () => {
      const found = this.#matching(namespace, command.query, transaction)[0];
      if (!found) return { value: null, lastErrorObject: { n: 0, updatedExisting: false }, ...ok };
      const document = updated(found, command.update);
      const value = command.new ? document : found;
      const answer = { value, lastErrorObject: { n: 1, updatedExisting: true }, ...ok };
      this.#store.change([{ namespace, id: found._id, document }], transaction, answeredWith(command, answer));
      return answer;
    });
  }

  #delete(command: Document, transaction: Transaction | undefined): Promise<Document> {
    const namespace = namespaceOf(command, command.delete);
    const filters: Document[] = command.deletes.map(({ q }: Document) => q);
    return this.#whenFree(namespace, filters.flatMap(idsOf), transaction, () => {
      const gone = filters.flatMap((filter) => this.#matching(namespace, filter, transaction)[0] ?? []);
      const answer = { n: gone.length, ...ok };
      const changes = gone.map(({ _id: id }) => ({ namespace, id, document: null }));
      this.#store.change(changes, transaction, answeredWith(command, answer));
      return answer;
    });
  }

  /** Writes when no other transaction holds one of the documents; nothing comes between the two. */
  async #whenFree<T>(
    namespace: string,
    ids: readonly string[],
    transaction: Transaction | undefined,
    write: () => T,
  ): Promise<T> {
    if (!transaction)
      for (let writer = this.#store.writerOf(namespace, ids); writer; writer = this.#store.writerOf(namespace, ids))
        await writer.ended;
    return write();
  }

  #matching(namespace: string, filter: Document, transaction: Transaction | undefined): Document[] {
    const byId = typeof filter._id === 'string' ? this.#store.find(namespace, filter._id, transaction) : undefined;
    const candidates = byId === undefined ? this.#store.all(namespace, transaction) : byId ? [byId] : [];
    return candidates.filter((document) => matches(document, filter));
  }
}

/** The name of the transaction that a command belongs to. */
function transactionName(command: Document): string | undefined {
  if (command.autocommit !== false) return undefined;
  const { session, number } = writeName(command);
  return `${session}/${number}`;
}

function writeName({ lsid, txnNumber }: Document): Pick<Answered, 'session' | 'number'> {
  return { session: String(lsid?.id?.toString('hex')), number: String(txnNumber) };
}

/** Whether a write stands by itself and may be sent again under its number. */
function isRetryable({ txnNumber, autocommit }: Document): boolean {
  return txnNumber !== undefined && autocommit === undefined;
}

function answeredWith(command: Document, answer: Document): Answered | undefined {
  return isRetryable(command) ? { ...writeName(command), answer } : undefined;
}

function idsOf(filter: Document): string[] {
  return typeof filter._id === 'string' ? [filter._id] : [];
}

/** Whether the answer must wait for the disk: by the journal option, and for a majority as well. */
function mustFlush({ writeConcern }: Document): boolean {
  return writeConcern?.j === true || writeConcern?.w === 'majority';
}
