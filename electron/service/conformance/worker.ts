/* A process that holds one engine for the conformance suite: it makes the checks, and it is killed. */
import { serveConformance } from './serveConformance';

serveConformance();
