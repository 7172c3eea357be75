import type { RunDocument } from '../../run/document';
import { type SlowRequest, secondOf, slowestKept } from '../../run/slowRequest';
import { formatClock, formatLatency } from '../../units/format';
import { type Section, sectionOf, type TableRow } from '../blocks';

/** The number of requests per operation in a report. The window and the run document have all. */
const shownOfEach = 3;

/** The columns of a table of the slowest requests. */
export function slowestColumns({ slowest }: Pick<RunDocument, 'slowest'>): string[] {
  const hasTraces = slowest.some(({ traceId }) => traceId !== undefined);
  return [
    'Operation',
    'Ended at',
    'Response time',
    'Send lateness',
    'Send',
    'Waiting (TTFB)',
    'Receiving',
    'Status',
    ...(hasTraces ? ['Trace'] : []),
  ];
}

function statusOf({ status, failure }: SlowRequest): string {
  const code = status === 0 ? '–' : String(status);
  return failure === undefined || failure === `status-${status}` ? code : `${code}, ${failure}`;
}

/** Returns a request as a row: its operation, its end, and the phases of its time. */
export function slowestRow(request: SlowRequest, columns: readonly string[]): TableRow {
  const { operation, durationMs, sendLatenessMs, blockedMs, waitingMs, receivingMs, traceId } = request;
  const times = [durationMs, sendLatenessMs, blockedMs, waitingMs, receivingMs].map(formatLatency);
  const endedAt = formatClock(secondOf(request) * 1_000);
  const cells = [endedAt, ...times, statusOf(request), ...(columns.includes('Trace') ? [traceId ?? '–'] : [])];
  return { label: operation, cells };
}

/** Returns the requests of each operation that a report shows, in the order of the document. */
export function shownSlowest({ slowest }: Pick<RunDocument, 'slowest'>): SlowRequest[] {
  const shown = new Map<string, number>();
  return slowest.filter(({ operation }) => {
    const place = shown.get(operation) ?? 0;
    shown.set(operation, place + 1);
    return place < shownOfEach;
  });
}

/** The slowest requests of each operation with the phases of their time; empty for older documents without them. */
export function slowestSection(document: Pick<RunDocument, 'slowest'>): Section<'slowest'>[] {
  const columns = slowestColumns(document);
  const shown = shownSlowest(document);
  const more = `The slowest ${shownOfEach} of each operation; the run document has up to ${slowestKept}.`;
  return sectionOf('slowest', 'Slowest requests', [
    { kind: 'sentences', sentences: shown.length < document.slowest.length ? [more] : [] },
    { kind: 'table', columns, rows: shown.map((request) => slowestRow(request, columns)) },
  ]);
}
