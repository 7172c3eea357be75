import { basename } from 'node:path';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import type { JsonText } from '../../../shared/ipc/jsonText';
import type { ImportedRequests } from '../../../shared/scenario/importers/importedRequests';
import type { ImportFilter } from '../../../shared/scenario/importers/importFilter';
import type { WorkerHost } from '../../hosting/workerHost';
import { type ReadFile, type ReadingCommand, type ReadingReport, readingReportSchema } from '../../reading/protocol';
import { type ImportWatch, importFailed } from '../../report/importers/importFile';

/** The maximum time without progress before reading ends. Each piece of the largest file takes a fraction of it. */
export const maxSilenceMs = 30_000;

/** Reads a file with the result of a load tool. Rejects with `import-failed` or `interrupted`. */
export type ReadResult = (path: string, watch: ImportWatch) => Promise<JsonText<ReadFile>>;

type Final = Exclude<ReadingReport, { type: 'progress' }>;

/**
 * Reads files of other programs, each in its own process. The process is ended when the user cancels or when it makes
 * no progress. Rejects with `import-failed` or `interrupted`.
 */
export class ForeignReader {
  readonly #workers: WorkerHost;

  constructor(workers: WorkerHost) {
    this.#workers = workers;
  }

  /** The requests in a text, in any supported format. */
  async requests(text: string, filter?: ImportFilter): Promise<ImportedRequests> {
    return requestsIn(await this.#read({ type: 'requests', text, ...(filter && { filter }) }, 'the text', {}));
  }

  /** The requests in a file. */
  async requestsOfFile(path: string, filter?: ImportFilter): Promise<ImportedRequests> {
    return requestsIn(
      await this.#read({ type: 'requests-of-file', path, ...(filter && { filter }) }, basename(path), {}),
    );
  }

  /** The result of a load tool, or a run of Proofload. */
  readonly result: ReadResult = async (path, watch) => {
    const report = await this.#read({ type: 'result', path }, basename(path), watch);
    if (report.type !== 'result') throw unforeseen(report.type);
    return { json: report.json };
  };

  #read(command: ReadingCommand, name: string, { signal, onRead }: ImportWatch): Promise<Final> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const end = (settle: () => void): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(patience);
        signal?.removeEventListener('abort', stop);
        settle();
        worker.kill();
      };
      const stop = (): void =>
        end(() =>
          reject(
            new ProofloadError(
              'interrupted',
              `the import of ${name} was stopped`,
              'import it again; nothing was saved',
            ),
          ),
        );
      const giveUp = (): void =>
        end(() =>
          reject(
            importFailed(
              `${name} was not read to its end: reading made no progress for ${maxSilenceMs / 1_000} s`,
              'check that it is the output of the tool, or import a part of it',
            ),
          ),
        );
      const worker = this.#workers.start('reader', {
        onMessage: (message) => {
          const report = readingReportSchema.safeParse(message);
          if (!report.success) {
            end(() => reject(unforeseen(errorMessage(report.error))));
            return;
          }
          if (report.data.type === 'progress') {
            clearTimeout(patience);
            patience = setTimeout(giveUp, maxSilenceMs);
            onRead?.(report.data.share);
            return;
          }
          const final = report.data;
          end(() => {
            if (final.type === 'failed') reject(ProofloadError.of(final.error));
            else resolve(final);
          });
        },
        onExit: (how) =>
          end(() =>
            reject(
              importFailed(
                `${name} could not be read: the process that read it ended (${how})`,
                'check that it is the output of the tool, or import a part of it',
              ),
            ),
          ),
      });
      let patience = setTimeout(giveUp, maxSilenceMs);
      if (signal?.aborted) {
        stop();
        return;
      }
      signal?.addEventListener('abort', stop);
      worker.send(command);
    });
  }
}

function unforeseen(what: string): ProofloadError {
  return new ProofloadError('internal', `the process that reads files sent ${what}`, 'report this as a defect');
}

function requestsIn(report: Final): ImportedRequests {
  if (report.type !== 'requests') throw unforeseen(report.type);
  return report.requests;
}
