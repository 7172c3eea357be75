/** A frame of a window, as far as it tells whose page is in it. */
export interface SenderFrame {
  readonly url: string;
  /** Null for the page of the window itself. */
  readonly parent: object | null;
}

/**
 * Whether a call comes from our page at `pageUrl`, and from no frame inside of it. Protocol and host are compared: the
 * *origin* of an address is "null" for our protocol, as it is for `file:`, `data:` and every other that a URL parser
 * does not know.
 */
export function isOurPage(frame: SenderFrame | null, pageUrl: string): boolean {
  if (frame === null || frame.parent !== null || !URL.canParse(frame.url)) return false;
  const sender = new URL(frame.url);
  const ours = new URL(pageUrl);
  return sender.protocol === ours.protocol && sender.host === ours.host;
}
