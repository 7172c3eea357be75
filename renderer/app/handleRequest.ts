import type { WindowRequest } from '../../shared/ipc/windowRequest';
import { openRun, runCommand } from '../commands/commandActions';
import { useNoticeStore } from '../store/noticeStore';

/** Handles a request of the main process to this window. */
export function handleRequest(request: WindowRequest): void {
  switch (request.kind) {
    case 'command':
      runCommand(request.id);
      break;
    case 'open-run':
      openRun(request.runId);
      break;
    case 'crashed':
      useNoticeStore
        .getState()
        .say(`The window crashed (${request.reason}) and was reopened. A run in progress was not interrupted.`, true);
      break;
  }
}
