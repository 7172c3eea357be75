// `npm run bench:load [part ...]`: the load engine against servers of known behaviour, and against its peers.
import { runParts } from '../runParts.mjs';
import { arrivals } from './arrivals.mjs';
import { capacity } from './capacity.mjs';
import { closed } from './closed.mjs';
import { disturbed } from './disturbed.mjs';
import { fixedDelay } from './fixedDelay.mjs';
import { frozen } from './frozen.mjs';
import { journeys } from './journeys.mjs';
import { memory } from './memory.mjs';
import { open } from './open.mjs';
import { outputs } from './outputs.mjs';
import { users } from './users.mjs';

await runParts({ closed, users, open, arrivals, frozen, fixedDelay, capacity, disturbed, memory, journeys, outputs });
