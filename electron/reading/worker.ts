/* The entry point of the process that reads files of other programs. */
import { connectToParent } from '../workers/parentPort';
import { serveReading } from './serveReading';

serveReading(connectToParent());
