import { z } from 'zod';

/** Stands for the trace id in a {@link traceUrlSchema template}. */
const traceIdPlaceholder = '{traceId}';

/** A trace id (W3C Trace Context): 32 hexadecimal digits, not all zero. */
export const traceIdSchema = z.string().regex(/^(?!0{32})[0-9a-f]{32}$/);

/** Returns the URL of a trace. Both arguments must be valid by their schemas. */
export function traceUrlOf(template: string, traceId: string): string {
  return template.replaceAll(traceIdPlaceholder, traceId);
}

function originOf(template: string, traceId: string): string | undefined {
  const url = traceUrlOf(template, traceId);
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

/**
 * A URL template for traces, such as `http://127.0.0.1:16686/trace/{traceId}` of Jaeger. The host never contains the
 * id.
 */
export const traceUrlSchema = z
  .string()
  .max(2_000)
  .refine((text) => text.includes(traceIdPlaceholder), `must have ${traceIdPlaceholder} where the id of the trace goes`)
  .refine(
    (text) => /^https?:\/\//i.test(text) && originOf(text, 'a'.repeat(32)) !== undefined,
    'must be an http(s) URL',
  )
  .refine((text) => {
    const [origin, other] = [originOf(text, 'a'.repeat(32)), originOf(text, 'b'.repeat(32))];
    return origin === other && !/^https?:\/\/[^/?#]*@/i.test(text);
  }, `must have neither a user nor ${traceIdPlaceholder} in its host`);
