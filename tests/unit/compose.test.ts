import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const serviceSchema = z.object({
  image: z.string(),
  ports: z.array(z.string()).min(1),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }),
  volumes: z.array(z.string()),
  command: z.array(z.string()),
});
const composeSchema = z.object({ services: z.record(z.string(), serviceSchema) });

it('offers databases on loopback only, pinned, with health checks; MongoDB as a replica set', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../resources/compose.yaml'), 'utf8');
  const { services } = composeSchema.parse(parse(text));
  expect(Object.keys(services).sort()).toEqual(['mongo', 'postgres']);
  for (const { image, ports } of Object.values(services)) {
    expect(image).toMatch(/:\d+\.\d+/);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  }
  expect(services.mongo?.command).toContain('--replSet');
  // PostgreSQL 18 refuses to start on a volume at .../data (docker-library/postgres#1259).
  expect(services.postgres?.volumes).toEqual(['postgres-data:/var/lib/postgresql']);
});
