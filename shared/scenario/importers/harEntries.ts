import { z } from 'zod';

/*
 * HTTP Archive 1.2 (w3c.github.io/web-performance/specs/HAR/Overview.html), with the fields that Chrome, Safari and
 * Playwright add. It records what a browser or a proxy has sent.
 */

const pairSchema = z.object({ name: z.string(), value: z.string().catch('') });
const postDataSchema = z.object({
  mimeType: z.string().catch(''),
  text: z.string().optional().catch(undefined),
  encoding: z.string().optional().catch(undefined),
  /** Playwright: a body that is stored in a file beside the archive. */
  _file: z.string().optional().catch(undefined),
  params: z
    .array(
      z.object({
        name: z.string(),
        value: z.string().catch(''),
        fileName: z.string().optional().catch(undefined),
        contentType: z.string().optional().catch(undefined),
      }),
    )
    .catch([]),
});
const entrySchema = z.object({
  startedDateTime: z.string().catch(''),
  time: z.number().catch(0),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(pairSchema).catch([]),
    cookies: z.array(pairSchema).catch([]),
    queryString: z.array(pairSchema).catch([]),
    postData: postDataSchema.optional().catch(undefined),
  }),
  response: z
    .object({
      status: z.number().optional().catch(undefined),
      /** Chrome: where a service worker had the response from, such as `cache-storage`. */
      _serviceWorkerResponseSource: z.string().catch(''),
      /** Chrome and Playwright: why there was no response. */
      _error: z.string().nullish().catch(undefined),
      _failureText: z.string().nullish().catch(undefined),
      headers: z.array(pairSchema).catch([]),
      cookies: z.array(pairSchema).catch([]),
      content: z
        .object({
          mimeType: z.string(),
          text: z.string().optional().catch(undefined),
          encoding: z.string().optional().catch(undefined),
        })
        .catch({ mimeType: '' }),
    })
    .optional()
    .catch(undefined),
  /** Firefox: has `afterRequest` when the response came from the cache. */
  cache: z.record(z.string(), z.unknown()).catch({}),
  /** Insomnia: the name of the request. */
  comment: z.string().catch(''),
  /** Chrome: `memory`, `disk`, ..., and the type of resource, such as `script`. */
  _fromCache: z.unknown().optional(),
  _resourceType: z.string().catch(''),
  /** Safari: `Memory Cache`, `Disk Cache`, `Network Load`, ... */
  _fetchType: z.string().catch(''),
});
/** The parts of a recording that are read. */
export const harSchema = z.object({
  log: z.object({ creator: z.object({ name: z.string() }).catch({ name: '' }), entries: z.array(entrySchema) }),
});

/** A recorded request. */
export type HarEntry = z.infer<typeof entrySchema>;
export type HarPostData = z.infer<typeof postDataSchema>;

/** Whether the archive was exported by Insomnia, which writes what it would send. */
export function isOfInsomnia(creator: string): boolean {
  return /^insomnia/i.test(creator);
}

/** Whether a browser answered a request itself. */
function isCached({ response, cache, _fromCache, _fetchType }: HarEntry, creator: string): boolean {
  if (_fromCache || /cache/i.test(_fetchType)) return true;
  if (/cache/i.test(response?._serviceWorkerResponseSource ?? '')) return true;
  // Other programs write this field for requests over the network as well.
  return /^firefox/i.test(creator) && 'afterRequest' in cache;
}

/** Returns why an entry is not loaded; undefined when it was a request over the network that ends. */
export function whyLeftOut(entry: HarEntry, creator: string): string | undefined {
  const { request, response, _resourceType } = entry;
  if (isCached(entry, creator)) return 'answered from the cache of the browser';
  // For blocked or aborted requests, browsers write 0 and Playwright -1. Insomnia has not sent its requests yet.
  const { status, _error, _failureText, content } = response ?? {};
  if (!isOfInsomnia(creator) && ((status ?? 1) <= 0 || (status === undefined && (_error || _failureText))))
    return 'blocked or broken off before a response';
  if (_resourceType === 'eventsource' || /^text\/event-stream/i.test(content?.mimeType ?? ''))
    return 'for a stream of events, which does not end';
  return /^wss?:/i.test(request.url) ? 'over WebSocket' : undefined;
}

/** Whether a request loads a static asset of a page. Scripts that fetch data are not static assets. */
export function isStaticAsset({ request, response, _resourceType }: HarEntry): boolean {
  if (/^(?:script|stylesheet|image|font|media|manifest|texttrack)$/i.test(_resourceType)) return true;
  if (_resourceType !== '') return false;
  if (/^(?:image|font|audio|video)\/|^text\/css|javascript/i.test(response?.content.mimeType ?? '')) return true;
  return /\.(?:js|mjs|css|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|otf|eot|mp4|webm|mp3|map)$/i.test(
    request.url.replace(/[?#].*$/s, ''),
  );
}
