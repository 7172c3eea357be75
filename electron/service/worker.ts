/* The service process. */
import { serveDocuments } from './serveDocuments';

serveDocuments();
