import { z } from 'zod';

/* Insomnia exports, version 4 (a list of resources) and 5 (a tree), as JSON or YAML (developer.konghq.com/insomnia). */

export const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).catch('');
const pair = z.object({
  name: text,
  value: text,
  disabled: z.boolean().catch(false),
  type: z.string().catch('text'),
  fileName: z.string().optional().catch(undefined),
});
const pairs = z.array(pair).catch([]);
const authSchema = z.record(z.string(), z.unknown()).optional().catch(undefined);
const scriptsSchema = z
  .object({ preRequest: z.string().catch(''), afterResponse: z.string().catch('') })
  .catch({ preRequest: '', afterResponse: '' });
export const requestSchema = z.object({
  name: text,
  method: z.string().catch('GET'),
  url: z.string(),
  headers: pairs,
  parameters: pairs,
  pathParameters: pairs,
  body: z
    .object({
      mimeType: z.string().catch(''),
      text: z.string().optional(),
      params: pairs,
      fileName: z.string().optional(),
    })
    .catch({ mimeType: '', params: [] }),
  authentication: authSchema,
  scripts: scriptsSchema,
  preRequestScript: z.string().catch(''),
  afterResponseScript: z.string().catch(''),
});
const variablesSchema = z.record(z.string(), z.unknown()).catch({});
export const nodeSchema = z.looseObject({
  name: text,
  children: z.array(z.unknown()).optional().catch(undefined),
  /** Version 5: only requests over HTTP have one. */
  method: z.string().optional().catch(undefined),
  headers: pairs,
  scripts: scriptsSchema,
  preRequestScript: z.string().catch(''),
  afterResponseScript: z.string().catch(''),
  environment: variablesSchema,
  authentication: authSchema,
  metaSortKey: z.number().optional().catch(undefined),
  meta: z.object({ sortKey: z.number().optional().catch(undefined) }).catch({}),
});
export type Node = z.infer<typeof nodeSchema>;
const resourceSchema = z.looseObject({
  _id: text,
  _type: text,
  parentId: text,
  name: text,
  metaSortKey: z.number().catch(0),
  data: variablesSchema,
  cookies: z.array(z.unknown()).catch([]),
});
export type Resource = z.infer<typeof resourceSchema>;
export const version4Schema = z.object({ resources: z.array(resourceSchema) });
const environmentSchema = z.object({
  data: variablesSchema,
  subEnvironments: z.array(z.object({ name: text, data: variablesSchema })).catch([]),
});
export const version5Schema = z.object({
  name: text,
  collection: z.array(z.unknown()),
  environments: environmentSchema.catch({ data: {}, subEnvironments: [] }),
  cookieJar: z.object({ cookies: z.array(z.unknown()).catch([]) }).catch({ cookies: [] }),
});
export type KeyValue = z.infer<typeof pair>;
export type Request = z.infer<typeof requestSchema>;
export type Auth = z.infer<typeof authSchema>;
