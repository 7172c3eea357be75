// `npm run build`: builds main, preload, renderer and command line into out/, unless nothing has changed.
import { bootstrap } from './setup/bootstrap.mjs';
import { ensureBuild } from './setup/build.mjs';

await bootstrap(import.meta.url, ensureBuild);
