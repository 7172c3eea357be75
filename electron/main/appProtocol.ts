import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

const scheme = 'proofload';

/** The origin of the pages of the app. */
export const appOrigin = `${scheme}://app`;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Must be called before the app is ready. */
export function declareAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** The file in `folder` for a URL of the app. Undefined for another host, and for a path outside the folder. */
function fileOf(folder: string, address: string): string | undefined {
  const { host, pathname } = new URL(address);
  if (host !== 'app') return undefined;
  try {
    // The URL parser has resolved `..` and `%2e%2e`, but not encoded slashes, so the final path is checked.
    const file = normalize(join(folder, pathname === '/' ? 'index.html' : decodeURIComponent(pathname)));
    return file.startsWith(folder + sep) ? file : undefined;
  } catch {
    // An invalid percent-encoding.
    return undefined;
  }
}

/** Serves the built window from `folder`, and nothing outside it, with a strict Content-Security-Policy. */
export function serveApp(folder: string): void {
  protocol.handle(scheme, async (request) => {
    const file = fileOf(folder, request.url);
    const contentType = file && contentTypes[extname(file)];
    if (file === undefined || contentType === undefined) return new Response(null, { status: 404 });
    try {
      const content = await readFile(file);
      return new Response(new Uint8Array(content), {
        headers: {
          'Content-Type': contentType,
          'Content-Security-Policy': contentSecurityPolicy,
          'X-Content-Type-Options': 'nosniff',
        },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}
