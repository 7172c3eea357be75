import type { Document } from 'bson';
import { CommandError, duplicateKey, noSuchTransaction } from './commandError';
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
        this.#end(transactionName(command) ?? '', (open) => this.#store.commit(open));
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

  async #insert(command: Document, transaction: Transaction | undefined): Promise<Document> {
    const namespace = namespaceOf(command, command.insert);
    const documents: Document[] = command.documents;
    const writeErrors: Document[] = [];
    for (const [index, document] of documents.entries()) {
      if (!transaction) await this.#store.untilFree(namespace, document._id);
      if (this.#store.find(namespace, document._id, transaction)) {
        const duplicate = duplicateKey(document._id);
        if (transaction) throw duplicate;
        const { codeName: _named, ...details } = duplicate.details;
        writeErrors.push({ index, code: duplicate.code, errmsg: duplicate.message, ...details });
        break;
      }
      this.#store.change([{ namespace, id: document._id, document }], transaction);
    }
    const n = documents.length - (writeErrors.length > 0 ? documents.length - (writeErrors[0]?.index ?? 0) : 0);
    return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}), ...ok };
  }

  #find(command: Document, transaction: Transaction | undefined): Document {
    const namespace = namespaceOf(command, command.find);
    const { filter = {}, sort = {}, limit = 0 } = command;
    const found = this.#matching(namespace, filter, transaction).sort(bySort(sort));
    const firstBatch = limit > 0 ? found.slice(0, Number(limit)) : found;
    return { cursor: { id: 0n, ns: namespace, firstBatch }, ...ok };
  }

  async #findAndModify(command: Document, transaction: Transaction | undefined): Promise<Document> {
    const namespace = namespaceOf(command, command.findAndModify);
    const found = await this.#oneToWrite(namespace, command.query, transaction);
    if (!found) return { value: null, lastErrorObject: { n: 0, updatedExisting: false }, ...ok };
    const document = updated(found, command.update);
    this.#store.change([{ namespace, id: found._id, document }], transaction);
    return { value: command.new ? document : found, lastErrorObject: { n: 1, updatedExisting: true }, ...ok };
  }

  async #delete(command: Document, transaction: Transaction | undefined): Promise<Document> {
    const namespace = namespaceOf(command, command.delete);
    let n = 0;
    for (const { q } of command.deletes) {
      const found = await this.#oneToWrite(namespace, q, transaction);
      if (!found) continue;
      this.#store.change([{ namespace, id: found._id, document: null }], transaction);
      n += 1;
    }
    return { n, ...ok };
  }

  /** The document that a write is about, once it is free to be written. */
  async #oneToWrite(
    namespace: string,
    filter: Document,
    transaction: Transaction | undefined,
  ): Promise<Document | undefined> {
    if (!transaction && typeof filter._id === 'string') await this.#store.untilFree(namespace, filter._id);
    return this.#matching(namespace, filter, transaction)[0];
  }

  #matching(namespace: string, filter: Document, transaction: Transaction | undefined): Document[] {
    const byId = typeof filter._id === 'string' ? this.#store.find(namespace, filter._id, transaction) : undefined;
    const candidates = byId === undefined ? this.#store.all(namespace, transaction) : byId ? [byId] : [];
    return candidates.filter((document) => matches(document, filter));
  }
}

/** The name of the transaction that a command belongs to. */
function transactionName({ lsid, txnNumber, autocommit }: Document): string | undefined {
  return autocommit === false ? `${lsid?.id?.toString('hex')}/${String(txnNumber)}` : undefined;
}

/** Whether the answer must wait for the disk: by the journal option, and for a majority as well. */
function mustFlush({ writeConcern }: Document): boolean {
  return writeConcern?.j === true || writeConcern?.w === 'majority';
}
