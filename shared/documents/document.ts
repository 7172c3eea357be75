import { z } from 'zod';

export const documentStatuses = ['draft', 'review', 'approved', 'published', 'archived'] as const;
export const documentStatusSchema = z.enum(documentStatuses);
export type DocumentStatus = (typeof documentStatuses)[number];

/** Names of tenants and documents: short, and without characters that are special in a URL or a header. */
const identifierPattern = /^[A-Za-z0-9._~-]{1,128}$/;
export const identifierRule = 'must be 1 to 128 letters, digits or . _ ~ -';
export const identifierSchema = z.string().regex(identifierPattern, identifierRule);

/**
 * Whether a text is such a name. It equals the check of the schema with a single pattern, because it runs for every
 * request.
 */
export function isIdentifier(text: string): boolean {
  return identifierPattern.test(text);
}

/**
 * Text that every store can hold: without lone surrogates, which UTF-8 cannot encode, and without NUL, which PostgreSQL
 * rejects.
 */
const text = z
  .string()
  .refine((value) => value.isWellFormed() && !value.includes('\0'), 'must be well-formed Unicode without NUL');
const line = text.max(1_000);

/** The fields that a client sets. Control characters in tags are rejected, because engines may join tags with one. */
export const documentFieldsSchema = z.strictObject({
  status: documentStatusSchema,
  title: line,
  owner: line,
  category: line,
  priority: z.int().min(0).max(1_000),
  tags: z
    .array(
      z
        .string()
        .min(1)
        .max(64)
        .regex(/^\P{Cc}+$/u, 'must not contain control characters')
        .refine((value) => value.isWellFormed(), 'must be well-formed Unicode'),
    )
    .max(32),
  body: text.max(1_000_000),
});
export type DocumentFields = z.infer<typeof documentFieldsSchema>;

/** A document of a tenant: twelve fields. `version` counts from 1, times are milliseconds since 1970. */
export const documentSchema = documentFieldsSchema.extend({
  tenant: identifierSchema,
  id: identifierSchema,
  version: z.int().positive(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Document = z.infer<typeof documentSchema>;

/** The response to an acknowledged write. */
export const writeReceiptSchema = z.object({ tenant: z.string(), id: z.string(), version: z.int().positive() });
