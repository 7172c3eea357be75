/* The target process. */
import { serveTarget } from './serveTarget';

serveTarget();
