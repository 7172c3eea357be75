import { BrowserWindow, dialog } from 'electron';
import { secretsInWords } from '../../shared/secrets/words';
import type { FoundHost } from '../hosts/hostGuard';

/** A text from elsewhere on one line and shortened, for a dialog. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').slice(0, 200);
}

/**
 * Asks whether a host other than this machine may receive load. `load` describes it. The main process asks in a system
 * dialog, which a page can neither answer nor cover.
 */
export async function askForHost({ host, addresses, secrets }: FoundHost, load: string): Promise<boolean> {
  const leads = addresses.includes(host) ? '' : `It resolves to ${addresses.join(', ')}.\n\n`;
  const sends = secrets.length === 0 ? '' : ` It sends ${secretsInWords(secrets)}.`;
  const options = {
    type: 'warning' as const,
    title: 'Proofload',
    message: `${host} is not this machine`,
    detail: `${leads}${oneLine(load)}.${sends} That can bring a service down. Load only services that are yours or whose owner agrees.\n\nThe answer is remembered for this host, these addresses and these secrets; Settings lists it and can revoke it.`,
    buttons: ['Cancel', `Load ${host}`],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 1;
}
