import { z } from 'zod';
import { isLoopbackHost } from '../units/host';
import type { DatabaseServer } from './engine';

/** URLs of servers that engines use. */
export type DatabaseUrls = { [server in DatabaseServer]?: string | undefined };

/** What a URL of each server looks like. */
export const databaseUrlSchemas = {
  postgres: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/\S+$/, 'write it as postgres://user:password@127.0.0.1:5432/database'),
  mongodb: z
    .string()
    .regex(/^mongodb(?:\+srv)?:\/\/\S+$/, 'write it as mongodb://127.0.0.1:27017/?directConnection=true'),
} as const;

/** The hosts that a URL of a database leads to; a MongoDB URL may name several. */
export function databaseHosts(url: string): string[] {
  const authority = /^[a-z+]+:\/\/(?:[^@/]*@)?([^/?]*)/i.exec(url)?.[1] ?? '';
  return authority.split(',').map((host) => host.replace(/:\d+$/, ''));
}

const defaultPorts: Record<string, number> = { postgres: 5432, postgresql: 5432, mongodb: 27017 };

/** The port of a database on this machine; undefined for one elsewhere. */
export function localDatabasePort(url: string): number | undefined {
  const [, scheme = '', authority = ''] = /^([a-z]+):\/\/(?:[^@/]*@)?([^/?,]*)/i.exec(url) ?? [];
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
  if (!isLoopbackHost(host)) return undefined;
  return port === undefined ? defaultPorts[scheme.toLowerCase()] : Number(port);
}
