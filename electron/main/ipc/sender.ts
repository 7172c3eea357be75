/** A frame of a window, as far as is needed to identify its page. */
export interface SenderFrame {
  readonly url: string;
  /** Null for the main frame of the window. */
  readonly parent: object | null;
}

/**
 * Whether a call comes from the app's page at `pageUrl`, and not from a frame in it. It compares protocol and host,
 * because the *origin* of a URL is "null" for the app's protocol, as it is for `file:`, `data:` and any other scheme
 * that a URL parser does not know.
 */
export function isOurPage(frame: SenderFrame | null, pageUrl: string): boolean {
  if (frame === null || frame.parent !== null || !URL.canParse(frame.url)) return false;
  const sender = new URL(frame.url);
  const ours = new URL(pageUrl);
  return sender.protocol === ours.protocol && sender.host === ours.host;
}
