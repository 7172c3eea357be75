import { readFile, stat } from 'node:fs/promises';
import { errorMessage, ProofloadError, toAppError } from '../../shared/errors/appError';
import type { ImportedRequests } from '../../shared/scenario/importers/importedRequests';
import { readRequests } from '../../shared/scenario/importers/readRequests';
import { readResult } from '../report/importers/readResult';
import type { ParentPort } from '../workers/parentPort';
import { type ReadingCommand, type ReadingReport, readingCommandSchema } from './protocol';

/** Larger recordings are cut by the tool that makes them. */
const maxBytes = 64 * 2 ** 20;

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes)
      throw new RangeError(`it has ${Math.round(size / 2 ** 20)} MB, more than the 64 MB that are read`);
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ProofloadError('import-failed', `${path} cannot be read: ${errorMessage(error)}`, 'choose another file');
  }
}

function requestsOf(text: string): ImportedRequests {
  const read = readRequests(text);
  if (!read.ok) throw ProofloadError.of(read.error);
  return read.value;
}

async function read(command: ReadingCommand, report: (message: ReadingReport) => void): Promise<object> {
  switch (command.type) {
    case 'requests':
      return { type: 'requests', requests: requestsOf(command.text) };
    case 'requests-of-file':
      return { type: 'requests', requests: requestsOf(await readText(command.path)) };
    case 'result':
      return {
        type: 'result',
        json: JSON.stringify(
          await readResult(command.path, { onRead: (share) => report({ type: 'progress', share }) }),
        ),
      };
  }
}

/**
 * Reads what another program has written, in a process of its own: one that takes too long, or too much memory, is
 * ended and takes nothing with it.
 */
export function serveReading(parent: ParentPort): void {
  parent.onMessage((message) => {
    read(readingCommandSchema.parse(message), (report) => parent.send(report))
      .then((report) => parent.send(report))
      .catch((error: unknown) => parent.send({ type: 'failed', error: toAppError(error) }));
  });
}
