import { type Document, deserialize, serialize } from 'bson';

/* MongoDB's wire protocol, as far as a driver of today speaks it (specifications: source/message/OP_MSG.md). */

const headerBytes = 16;
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const moreToCome = 1 << 1;

/** A command as it came, and how to answer it. */
export interface WireCommand {
  requestId: number;
  opCode: number;
  command: Document;
  /** The client wants no answer. */
  isSilent: boolean;
}

function readCString(bytes: Buffer, from: number): { text: string; end: number } {
  const end = bytes.indexOf(0, from);
  return { text: bytes.toString('utf8', from, end), end: end + 1 };
}

/** The sections of an OP_MSG: the command, and lists of documents that belong into it. */
function readMessage(body: Buffer): Document {
  let command: Document = {};
  const lists: Document = {};
  let position = 4;
  while (position < body.length) {
    const kind = body[position];
    position += 1;
    const size = body.readInt32LE(position);
    const end = position + size;
    if (kind === 0) command = deserialize(body.subarray(position, end));
    else {
      const { text, end: from } = readCString(body, position + 4);
      const documents: Document[] = [];
      for (let at = from; at < end; at += body.readInt32LE(at))
        documents.push(deserialize(body.subarray(at, at + body.readInt32LE(at))));
      lists[text] = documents;
    }
    position = end;
  }
  return { ...command, ...lists };
}

/** The command of a legacy OP_QUERY, which drivers still use for their first hello. */
function readQuery(body: Buffer): Document {
  const { text, end } = readCString(body, 4);
  return { ...deserialize(body.subarray(end + 8)), $db: text.split('.')[0] };
}

/** Takes commands out of a stream of bytes. */
export class WireReader {
  #pending = Buffer.alloc(0);

  push(bytes: Buffer): WireCommand[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const commands: WireCommand[] = [];
    while (this.#pending.length >= headerBytes && this.#pending.length >= this.#pending.readInt32LE(0)) {
      const size = this.#pending.readInt32LE(0);
      const message = this.#pending.subarray(0, size);
      this.#pending = this.#pending.subarray(size);
      const requestId = message.readInt32LE(4);
      const opCode = message.readInt32LE(12);
      const body = message.subarray(headerBytes);
      if (opCode === opQuery) commands.push({ requestId, opCode, command: readQuery(body), isSilent: false });
      else if (opCode === opMsg) {
        const isSilent = (body.readUInt32LE(0) & moreToCome) !== 0;
        commands.push({ requestId, opCode, command: readMessage(body), isSilent });
      } else throw new Error(`message with the operation ${opCode}`);
    }
    return commands;
  }
}

let lastRequestId = 0;

/** The bytes of an answer, in the form in which it was asked. */
export function writeAnswer({ requestId, opCode }: WireCommand, answer: Document): Buffer {
  const document = serialize(answer, { ignoreUndefined: true });
  const isLegacy = opCode === opQuery;
  const before = Buffer.alloc(isLegacy ? 20 : 5);
  // numberReturned of an OP_REPLY; the flags and the kind of the section of an OP_MSG are zero.
  if (isLegacy) before.writeInt32LE(1, 16);
  const header = Buffer.alloc(headerBytes);
  lastRequestId += 1;
  header.writeInt32LE(headerBytes + before.length + document.length, 0);
  header.writeInt32LE(lastRequestId, 4);
  header.writeInt32LE(requestId, 8);
  header.writeInt32LE(isLegacy ? opReply : opMsg, 12);
  return Buffer.concat([header, before, document]);
}
