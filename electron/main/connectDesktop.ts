import { app } from 'electron';
import { toAppError } from '../../shared/errors/appError';
import { printToStderr } from '../system/terminal';
import { createDesktopApp, type DesktopShell } from './createDesktopApp';
import type { DesktopApp } from './desktopApp';
import { createHandlers } from './handlers/createHandlers';
import { answerWith } from './ipc/answer';
import type { Answer } from './ipc/register';

/** When the app quits, work in progress is stopped and saved first, and the embedded server is stopped. */
function saveBeforeQuit({ services, session, packing, conformance, experiments }: DesktopApp): void {
  const { databases } = services;
  app.on('before-quit', (event) => {
    if (!session.isBusy && !databases.isEmbeddedRunning) return;
    event.preventDefault();
    packing.end();
    conformance.stop();
    experiments.pause();
    void session
      .stop('Proofload was closed.')
      .then(() => session.released())
      .then(() => databases.close())
      .catch((fault: unknown) => printToStderr(`proofload: ${toAppError(fault).message}\n`))
      // Work that could not be stopped must not keep the app open forever.
      .then(() => app.quit());
  });
}

/**
 * Creates the services behind the windows, whose page is at `pageOrigin`, and returns what answers the calls of the page.
 * Throws as openHistory does.
 */
export function connectDesktop(shell: DesktopShell, pageOrigin: string): Answer {
  const desktopApp = createDesktopApp(shell);
  saveBeforeQuit(desktopApp);
  app.on('will-quit', () => {
    desktopApp.packing.end();
    desktopApp.historyWork.close();
    desktopApp.services.history.close();
  });
  return answerWith(createHandlers(desktopApp, app.getAppPath()), pageOrigin, (name, error) =>
    desktopApp.errors.note(name, error),
  );
}
