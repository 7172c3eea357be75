/* The process that reads the files of others. */
import { connectToParent } from '../workers/parentPort';
import { serveReading } from './serveReading';

serveReading(connectToParent());
