import { Notification, powerSaveBlocker } from 'electron';
import { describeError } from '../../shared/errors/remedy';
import { hasBreach } from '../../shared/report/sections/breach';
import { verdictOf } from '../../shared/report/sections/verdict';
import type { RunEvent } from '../../shared/run/events';
import { progressOf, type RunView } from '../../shared/run/reducer';
import { rulesOf } from '../../shared/thresholds/rules';
import type { Windows } from './windows';

/** A shorter run gets no notification. */
const longRunMs = 10_000;

/** What the desktop shows about a run. */
export interface Desktop {
  /** Whether a window of the app has the focus. */
  isWatched(): boolean;
  /**
   * Shows the progress from 0 to 1 where the system lists windows, in the colour of errors for a breach. Undefined
   * removes it.
   */
  setProgress(share: number | undefined, isBreach?: boolean): void;
  /** Shows a notification. A click on it opens the run if there is one, else the window. */
  notify(title: string, body: string, runId?: string): void;
}

/** The desktop that the app runs on. */
export function desktopOf(windows: Windows): Desktop {
  return {
    isWatched: () => windows.isWatched,
    setProgress: (share, isBreach) => windows.setProgress(share, isBreach),
    notify: (title, body, runId) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      notification.on('click', () => {
        if (runId === undefined) windows.focus();
        else windows.request({ kind: 'open-run', runId });
      });
      notification.show();
    },
  };
}

/** Returns a function that prevents automatic sleep while the app is busy. The screen may turn off. */
export function sleepBlocker(): (isBusy: boolean) => void {
  let blocker: number | undefined;
  return (isBusy) => {
    if (isBusy) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
}

/**
 * Shows the progress of a run on the desktop, and a notification when a long run has ended and no window had the focus.
 */
export function tellDesktop(desktop: Desktop, event: RunEvent, view: RunView): void {
  switch (event.type) {
    case 'tick': {
      const { elapsedMs, totalMs } = progressOf(view);
      const rules = rulesOf(view.run?.scenario.thresholds ?? {});
      if (totalMs > 0) desktop.setProgress(elapsedMs / totalMs, hasBreach(event.tick, rules));
      break;
    }
    case 'finished': {
      desktop.setProgress(undefined);
      const { document } = event;
      const tookMs = Date.parse(document.endedAt) - Date.parse(document.startedAt);
      if (tookMs < longRunMs || desktop.isWatched()) break;
      const { word, sentence } = verdictOf(document);
      desktop.notify(word, sentence, document.id);
      break;
    }
    case 'failed':
      desktop.setProgress(undefined);
      if (!desktop.isWatched()) desktop.notify('The run failed', describeError('window', event.error).message);
      break;
  }
}
