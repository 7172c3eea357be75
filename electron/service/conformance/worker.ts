/* A process with one engine for the conformance suite. It runs the checks, and it is killed to test a crash. */
import { serveConformance } from './serveConformance';

serveConformance();
