import { z } from 'zod';

/*
 * Collections that Bruno exports as JSON, and collections and requests of OpenCollection in YAML, which Bruno writes
 * since version 3 (docs.usebruno.com, spec.opencollection.com). Both have the same parts under different names.
 */

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
export const text = scalar.catch('');

/** Returns the selected one of several variants, or the first. */
function selected<Variant extends { selected: boolean }>(variants: readonly Variant[]): Variant | undefined {
  return variants.find((variant) => variant.selected) ?? variants[0];
}

const isSelected = z.boolean().catch(false);
const typed = z.object({ data: scalar }).transform(({ data }) => data);
const oneValue = z.union([scalar, typed]);
const variants = z.array(z.object({ selected: isSelected, value: oneValue }));

const pair = z.object({
  name: text,
  /** A text, or the paths of files. */
  value: z.union([oneValue, z.array(z.string()), variants.transform((all) => selected(all)?.value ?? '')]).catch(''),
  enabled: z.boolean().catch(true),
  disabled: z.boolean().catch(false),
  /** A variable whose value is not in the file. */
  secret: z.boolean().catch(false),
  type: z.string().catch(''),
  contentType: z.string().optional().catch(undefined),
});
type BrunoPair = z.infer<typeof pair>;
export const pairs = z.array(pair).catch([]);
export const values = z.record(z.string(), text).catch({});

/** A pair that is not disabled. */
export interface EnabledPair extends Omit<BrunoPair, 'value'> {
  value: string;
}

export function enabled(list: readonly BrunoPair[]): EnabledPair[] {
  return list
    .filter((one) => one.enabled && !one.disabled)
    .map((one) => ({ ...one, value: Array.isArray(one.value) ? (one.value[0] ?? '') : one.value }));
}

/** An authentication with its mode, which can be `none` and `inherit`. */
export type Authentication = { mode: string; all: Record<string, unknown> };
const authSchema = z
  .union([
    z.string().transform((mode): Authentication => ({ mode, all: {} })),
    z
      .record(z.string(), z.unknown())
      .transform((all): Authentication => ({ mode: String(all.mode ?? all.type ?? 'none'), all })),
  ])
  .catch({ mode: 'inherit', all: {} });

const oneBody = z.looseObject({
  mode: z.string().optional(),
  type: z.string().optional(),
  data: z.unknown().optional(),
});
export const bodySchema = z
  .union([
    oneBody,
    z
      .array(z.object({ selected: isSelected, body: oneBody }))
      .transform((all): z.infer<typeof oneBody> => selected(all)?.body ?? {}),
  ])
  .catch({});

const script = z.string().nullish().catch('');
const scripts = z.object({ req: script, res: script }).catch({});
const vars = z.object({ req: pairs, res: pairs }).catch({ req: [], res: [] });
const codes = z.array(z.object({ type: z.string().catch(''), code: z.string().catch('') })).catch([]);

export const requestSchema = z.object({
  url: z.string(),
  method: z.string().catch('GET'),
  headers: pairs,
  params: pairs,
  body: bodySchema,
  auth: authSchema,
  script: scripts,
  vars,
  tests: script,
  assertions: pairs,
});
export type Request = z.infer<typeof requestSchema>;

/** What OpenCollection writes beside a request. */
const runtimeSchema = z
  .object({
    variables: pairs,
    scripts: codes,
    assertions: z
      .array(
        z.object({ expression: text, operator: z.string().catch(''), value: text, disabled: z.boolean().catch(false) }),
      )
      .catch([]),
    actions: z.array(z.object({ disabled: z.boolean().catch(false) })).catch([]),
  })
  .catch({ variables: [], scripts: [], assertions: [], actions: [] });

/** What a collection or a folder passes on to its requests. */
const defaultsSchema = z
  .object({
    headers: pairs,
    auth: authSchema,
    vars,
    variables: pairs,
    script: scripts,
    tests: script,
    scripts: codes,
  })
  .optional()
  .catch(undefined);
export type Defaults = NonNullable<z.infer<typeof defaultsSchema>>;
const rootSchema = z.object({ request: defaultsSchema }).catch({ request: undefined });

export const itemSchema = z.object({
  type: z.string().catch(''),
  name: text,
  seq: z.number().catch(0),
  info: z
    .object({ name: text, type: z.string().catch(''), seq: z.number().catch(0) })
    .optional()
    .catch(undefined),
  request: z.unknown().optional(),
  http: z.unknown().optional(),
  graphql: z.unknown().optional(),
  runtime: runtimeSchema,
  items: z.array(z.unknown()).optional().catch(undefined),
  root: rootSchema,
});
export type Item = z.infer<typeof itemSchema>;

/** The defaults of a folder: Bruno writes them in `root`, OpenCollection in `request`. */
export function defaultsOf({ root, request }: Pick<Item, 'root' | 'request'>): Defaults | undefined {
  return root.request ?? defaultsSchema.parse(request);
}

const environments = z.array(z.object({ name: text, variables: pairs })).catch([]);
export const collectionSchema = z.object({
  name: text,
  info: z.object({ name: text }).optional().catch(undefined),
  items: z.array(z.unknown()),
  environments,
  config: z.object({ environments }).catch({ environments: [] }),
  root: rootSchema,
  request: z.unknown().optional(),
});
