/* The process for long work on the history. */
import { connectToParent } from '../workers/parentPort';
import { serveHistory } from './serveHistory';

serveHistory(connectToParent());
