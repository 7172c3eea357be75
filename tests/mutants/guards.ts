import type { Guard } from './guard.ts';
import { reliabilityGuards } from './reliabilityGuards.ts';
import { securityGuards } from './securityGuards.ts';

/** All guards that `npm run test:mutants` takes out, one at a time. */
export const guards: readonly Guard[] = [...securityGuards, ...reliabilityGuards];
