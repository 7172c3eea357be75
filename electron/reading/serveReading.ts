import type { z } from 'zod';
import { toAppError } from '../../shared/errors/appError';
import { readResult } from '../report/importers/readResult';
import type { ParentPort } from '../workers/parentPort';
import { type ReadingReport, readingCommandSchema } from './protocol';
import { requestsOf, requestsOfFile } from './readRequestFile';

async function read(
  command: z.infer<typeof readingCommandSchema>,
  report: (message: ReadingReport) => void,
): Promise<object> {
  switch (command.type) {
    case 'requests':
      return { type: 'requests', requests: requestsOf(command.text, command.filter) };
    case 'requests-of-file':
      return { type: 'requests', requests: await requestsOfFile(command.path, command.filter) };
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
 * Reads a file of another program in a process of its own. If this takes too long or too much memory, the process can
 * be ended, and nothing else is lost.
 */
export function serveReading(parent: ParentPort): void {
  parent.onMessage((message) => {
    read(readingCommandSchema.parse(message), (report) => parent.send(report))
      .then((report) => parent.send(report))
      .catch((error: unknown) => parent.send({ type: 'failed', error: toAppError(error) }));
  });
}
