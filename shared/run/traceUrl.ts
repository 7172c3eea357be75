import { z } from 'zod';

/** What stands for the id of a trace in a {@link traceUrlSchema template}. */
const traceIdPlaceholder = '{traceId}';

/** The id of a trace (W3C Trace Context): 32 hexadecimal digits, not all zero. */
export const traceIdSchema = z.string().regex(/^(?!0{32})[0-9a-f]{32}$/);

/** Returns the address of a trace. Both have been checked by their schemas. */
export function traceUrlOf(template: string, traceId: string): string {
  return template.replaceAll(traceIdPlaceholder, traceId);
}

function originOf(template: string, traceId: string): string | undefined {
  const url = traceUrlOf(template, traceId);
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

/** Where traces are shown, such as `http://127.0.0.1:16686/trace/{traceId}` of Jaeger. The id is never part of the host. */
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
