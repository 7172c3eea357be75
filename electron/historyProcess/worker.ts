/* The process that does work on the history which takes long. */
import { connectToParent } from '../workers/parentPort';
import { serveHistory } from './serveHistory';

serveHistory(connectToParent());
