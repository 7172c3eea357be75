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
const scriptsSchema = z.object({ preRequest: z.string().catch(''), afterResponse: z.string().catch('') });
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
  scripts: scriptsSchema.catch({ preRequest: '', afterResponse: '' }),
  preRequestScript: z.string().catch(''),
  afterResponseScript: z.string().catch(''),
});
const variablesSchema = z.record(z.string(), z.unknown()).catch({});
export const nodeSchema = z.looseObject({
  name: text,
  children: z.array(z.unknown()).optional().catch(undefined),
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
  data: variablesSchema,
});
export type Resource = z.infer<typeof resourceSchema>;
export const version4Schema = z.object({ resources: z.array(resourceSchema) });
const environmentSchema = z.object({
  data: variablesSchema,
  subEnvironments: z.array(z.object({ data: variablesSchema })).catch([]),
});
export const version5Schema = z.object({
  name: text,
  collection: z.array(z.unknown()),
  environments: environmentSchema.catch({ data: {}, subEnvironments: [] }),
});
export type KeyValue = z.infer<typeof pair>;
export type Request = z.infer<typeof requestSchema>;
export type Auth = z.infer<typeof authSchema>;
