import { describePhase } from '../../shared/report/wording/describePhase';
import type { RunPhase } from '../../shared/run/events';
import { progressOf, type RunView } from '../../shared/run/reducer';
import { printable, printableLine } from '../../shared/text/printable';
import { formatClock, formatLatency, formatRate, formatShare } from '../../shared/units/format';
import { StatusLine } from './statusLine';

const barWidth = 20;
/** How often a log that is not a terminal gets a line. */
const plainLineEveryMs = 5_000;

function bar(view: RunView): string {
  const { elapsedMs, totalMs } = progressOf(view);
  const filled = totalMs > 0 ? Math.round((elapsedMs / totalMs) * barWidth) : 0;
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${formatClock(elapsedMs)} of ${formatClock(totalMs)}`;
}

/** The phase as it is written in the middle of a line. */
function phaseText({ phase }: RunView): string {
  return describePhase(phase).toLowerCase();
}

/** The state of a run on one line. */
function statusLine(view: RunView): string {
  const tick = view.ticks.at(-1);
  if (!tick || view.phase === 'auditing') return phaseText(view);
  const { interval, cumulative } = tick;
  const shown = tick.warmup ? interval : cumulative;
  const hits = shown.cacheHitRate === null ? '' : `  hits ${formatShare(shown.cacheHitRate)}`;
  return `${bar(view)} ${phaseText(view)}  ${formatRate(interval.rate)}  P50 ${formatLatency(shown.p50)}  P95 ${formatLatency(shown.p95)}  P99 ${formatLatency(shown.p99)}${hits}  failed ${shown.failed}`;
}

/**
 * Shows a run in progress: in a terminal one line that is rewritten, in a log a line every few seconds. Writes to
 * standard error, so that standard output is free for results.
 */
export class TerminalView {
  readonly #stream: NodeJS.WriteStream;
  readonly #line: StatusLine;
  #lastPlainMs = Number.NEGATIVE_INFINITY;
  #lastPhase: RunPhase | undefined;
  #logged = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#line = new StatusLine(stream);
  }

  update(view: RunView): void {
    for (const line of view.log.slice(this.#logged))
      this.#printLine(line.level === 'info' ? line.message : `${line.level}: ${line.message}`);
    this.#logged = view.log.length;
    if (view.phase === 'finished') return;
    if (this.#stream.isTTY) {
      this.#line.show(statusLine(view));
      return;
    }
    const elapsedMs = view.ticks.at(-1)?.elapsedMs ?? 0;
    if (view.phase === this.#lastPhase && elapsedMs - this.#lastPlainMs < plainLineEveryMs) return;
    this.#lastPhase = view.phase;
    this.#lastPlainMs = elapsedMs;
    this.#stream.write(`${printable(statusLine(view))}\n`);
  }

  /** Ends the line that is being rewritten. */
  close(): void {
    this.#line.clear();
  }

  #printLine(text: string): void {
    this.close();
    this.#stream.write(`${printableLine(text)}\n`);
  }
}
