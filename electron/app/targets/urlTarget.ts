import type { z } from 'zod';
import { ProofloadError } from '../../../shared/errors/appError';
import { type UrlTarget, urlTargetSchema } from '../../../shared/run/target';
import { describeIssues } from '../../../shared/scenario/parse';
import { scenarioTlsSchema } from '../../../shared/scenario/tlsOptions';

/** An external target, with curl's options. */
export type UrlOptions = Omit<z.input<typeof urlTargetSchema>, 'kind'>;

/** Documents of earlier runs can have TLS options that contradict each other. */
const checkedSchema = urlTargetSchema.extend({ tls: scenarioTlsSchema.optional() });

/** Checks an external target. Throws `usage`. */
export function urlTarget(options: UrlOptions): UrlTarget {
  const parsed = checkedSchema.safeParse({ ...options, kind: 'url' });
  if (parsed.success) return parsed.data;
  throw new ProofloadError(
    'usage',
    describeIssues(parsed.error),
    'give a URL such as http://127.0.0.1:3000/path, and a method, headers and a body that HTTP allows',
  );
}
