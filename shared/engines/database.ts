import { z } from 'zod';
import type { DatabaseServer } from './engine';

/** The URLs of servers that engines use. */
export type DatabaseUrls = { [server in DatabaseServer]?: string | undefined };

/** The valid URLs of each server. */
export const databaseUrlSchemas = {
  postgres: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/\S+$/, 'write it as postgres://user:password@127.0.0.1:5432/database'),
  mongodb: z
    .string()
    .regex(/^mongodb(?:\+srv)?:\/\/\S+$/, 'write it as mongodb://127.0.0.1:27017/?directConnection=true'),
} as const;
