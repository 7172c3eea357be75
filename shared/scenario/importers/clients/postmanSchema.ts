import { z } from 'zod';

/* Postman Collection 2.0 and 2.1 (schema.postman.com/collection). */

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).catch('');
const pair = z.object({
  key: text,
  value: text,
  disabled: z.boolean().catch(false),
  type: z.string().catch('text'),
  src: z
    .union([z.string(), z.array(z.string())])
    .nullish()
    .catch(undefined),
  contentType: z.string().optional().catch(undefined),
});
const pairs = z.array(pair).catch([]);
/** Version 2.1 has lists of pairs, version 2.0 objects. */
export const authValues = z.union([z.array(pair), z.record(z.string(), text)]);
const authSchema = z
  .looseObject({ type: z.string().catch('noauth') })
  .nullish()
  .catch(undefined);
const urlSchema = z.union([
  z.string(),
  z.object({
    raw: z.string().optional().catch(undefined),
    protocol: z.string().catch(''),
    host: z.union([z.string(), z.array(z.string())]).catch(''),
    port: z.string().optional().catch(undefined),
    path: z.union([z.string(), z.array(z.union([z.string(), z.object({ value: z.string() })]))]).catch([]),
    query: pairs,
    variable: pairs,
  }),
]);
const bodySchema = z
  .object({
    mode: z.string().catch(''),
    raw: z.string().catch(''),
    urlencoded: pairs,
    formdata: pairs,
    file: z.object({ src: z.string().nullish() }).optional().catch(undefined),
    graphql: z
      .object({ query: z.string().catch(''), variables: z.string().catch('') })
      .optional()
      .catch(undefined),
    options: z
      .object({ raw: z.object({ language: z.string() }) })
      .optional()
      .catch(undefined),
    disabled: z.boolean().catch(false),
  })
  .nullish()
  .catch(undefined);
export const requestSchema = z.union([
  z.string().transform((url) => ({ url, method: 'GET', header: [], body: undefined, auth: undefined })),
  z.object({
    url: urlSchema.catch(''),
    method: z.string().catch('GET'),
    header: z.union([z.string(), pairs]).catch([]),
    body: bodySchema,
    auth: authSchema,
  }),
]);
const eventSchema = z
  .array(
    z.object({
      listen: z.string().catch(''),
      script: z.object({ exec: z.union([z.string(), z.array(z.string())]).catch([]) }).catch({ exec: [] }),
    }),
  )
  .catch([]);
export const itemSchema = z.object({
  name: text,
  item: z.array(z.unknown()).optional().catch(undefined),
  request: z.unknown().optional(),
  event: eventSchema,
  auth: authSchema,
  variable: pairs,
  protocolProfileBehavior: z.object({ disableBodyPruning: z.boolean().optional().catch(undefined) }).catch({}),
});
export const collectionSchema = itemSchema.extend({
  info: z.object({ name: text, schema: z.string().catch('') }),
  item: z.array(z.unknown()),
});

export type Request = z.infer<typeof requestSchema>;
export type Body = z.infer<typeof bodySchema>;
export type Auth = z.infer<typeof authSchema>;
export type Item = z.infer<typeof itemSchema>;
export type KeyValue = z.infer<typeof pair>;
